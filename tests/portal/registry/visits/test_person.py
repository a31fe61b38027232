"""A person sees their own programme, visits and acts, and says of each visit how it was."""

import datetime as dt

import pytest

from portal.registry.law import looks
from portal.registry.models import Case, Post, Programme, Suspension, VisitWord
from portal.registry.visits import actions, person
from tests.portal.registry.conftest import MakeEntry, open_case

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen"), pytest.mark.postgres]
TODAY = dt.date(2026, 11, 25)


def seen(case: Case) -> dict[dt.date, person.Seen]:
    return {one.day: one for one in person.visits_of(person.programmes_of(case))}


@pytest.fixture
def visit(entry: MakeEntry, daiva: Post) -> str:
    """Daiva was at Alice's on Monday, 2 November."""
    return f"v{actions.record(entry(), worker=daiva.user, by=daiva).visit.pk}"


def test_what_was_done_what_was_missed_and_what_is_to_come(programme: Programme, granted: Case, visit: str) -> None:
    days = seen(granted)
    assert days[dt.date(2026, 11, 2)].id == visit
    assert days[dt.date(2026, 11, 2)].services == ({"en": "Help"},)
    assert days[dt.date(2026, 11, 4)].state == person.MISSED
    assert days[TODAY].state == person.PLANNED  # a Wednesday of the programme: somebody may still come
    assert max(days) == dt.date(2026, 12, 9)


def test_while_the_programme_stands_still_nobody_is_missed(programme: Programme, granted: Case, hanna: Post) -> None:
    Suspension.objects.create(
        programme=programme, since=dt.date(2026, 11, 3), until=dt.date(2026, 11, 8), reason="Hospital", by=hanna.user
    )
    assert dt.date(2026, 11, 4) not in seen(granted)
    assert dt.date(2026, 11, 9) in seen(granted)


def test_another_case_of_the_same_person_shows_nothing_of_it(programme: Programme, visit: str) -> None:
    """Whoever typed Alice's code into a request of theirs holds a case of hers, and sees no help of hers."""
    stranger = open_case()
    assert stranger.recipient_id == programme.recipient_id
    assert person.programmes_of(stranger) == []
    assert person.visits_of([]) == []
    assert person.acts_of([]) == []


def test_a_word_on_a_visit_is_kept_once(granted: Case, visit: str) -> None:
    for _ in range(2):
        word = person.hear(granted, visit, is_confirmed=False, text="No shopping.", appeal="A-1", outer_key="k1")
    assert VisitWord.objects.get() == word
    with pytest.raises(person.SaidAlready):
        person.hear(granted, visit, is_confirmed=True, outer_key="k2")
    assert seen(granted)[dt.date(2026, 11, 2)].word == word


def test_nobody_came_is_said_of_a_day_and_not_of_one_to_come(programme: Programme, granted: Case) -> None:
    missed, planned = seen(granted)[dt.date(2026, 11, 4)].id, seen(granted)[TODAY].id
    with pytest.raises(person.NoSuchVisit):
        person.hear(granted, missed, is_confirmed=True, outer_key="k1")
    word = person.hear(granted, missed, is_confirmed=False, outer_key="k1")
    assert (word.programme, word.visit, word.day) == (programme, None, dt.date(2026, 11, 4))
    for unknown in (planned, "v999", "d1", "", "²"):
        with pytest.raises(person.NoSuchVisit):
            person.hear(granted, unknown, is_confirmed=False, outer_key=f"k {unknown}")


def test_the_worker_reads_it_beside_the_visit(granted: Case, visit: str, hanna: Post, at: object) -> None:
    person.hear(granted, visit, is_confirmed=False, text="No shopping.", appeal="A-123-456", outer_key="k1")
    missed = seen(granted)[dt.date(2026, 11, 4)].id
    person.hear(granted, missed, is_confirmed=False, appeal="A-777-777", outer_key="k2")
    looks.say(granted.recipient, reason="asks", words="", by=hanna)
    page = at(hanna).get(f"/en/registry/recipients/{granted.recipient_id}/").content.decode()  # type: ignore[operator]
    for words in ("No shopping.", "Complaint A-123-456", "nobody came", "Complaint A-777-777"):
        assert words in page
