"""What the registry tells is checked before anybody sees it, and kept for when it falls silent."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from portal.cases import asking, keeping, linking
from portal.cases.asking import Budget
from portal.cases.models import CaseLink
from portal.cases.registries.base import Away
from portal.cases.registries.facts import Contact, PersonLink, Status
from portal.core import clock
from portal.core.models import AuditEntry
from tests.portal.cases.moody import MoodyRegistry

pytestmark = pytest.mark.django_db


def read(link: CaseLink, seconds: float = 1) -> keeping.CaseFile:
    return linking.read(link, budget=Budget(seconds))


def test_what_was_told_is_kept_encrypted_with_its_time(registry: MoodyRegistry, link: CaseLink) -> None:
    registry.tell(link.external_id, "We come on Tuesday.")
    registry.ask(link.external_id, "SP-2", until=dt.date(2026, 12, 4))
    told = read(link)
    link.refresh_from_db()
    assert keeping.from_text(link.kept) == told
    assert "Tuesday" not in link.kept
    assert link.kept_at is not None


def test_a_text_kept_with_a_lost_key_counts_as_nothing() -> None:
    assert keeping.from_text("") is None
    assert keeping.from_text("not ours") is None


@pytest.mark.parametrize("mood", ["down", "slow", "html"])
def test_a_registry_that_does_not_answer_is_said_to_be_away(registry: MoodyRegistry, link: CaseLink, mood: str) -> None:
    registry.mood = mood
    with pytest.raises(Away):
        read(link, seconds=0.1)


def test_another_persons_case_is_refused_and_noted(registry: MoodyRegistry, link: CaseLink) -> None:
    registry.mood = "foreign"
    with pytest.raises(linking.Foreign):
        read(link)
    link.refresh_from_db()
    assert AuditEntry.objects.filter(action="case.foreign_object_refused").count() == 1
    kept = keeping.from_text(link.kept)
    assert kept is not None
    assert kept.state.title == "Pagalba į namus"


def test_another_persons_letter_inside_is_refused_too(
    monkeypatch: pytest.MonkeyPatch, registry: MoodyRegistry, link: CaseLink
) -> None:
    foreign = Contact("1", link.external_id, PersonLink("dan"), clock.now(), "note", "Dan’s")
    monkeypatch.setattr(registry, "contacts", lambda *_, **__: (foreign,))
    with pytest.raises(linking.Foreign):
        read(link)


def test_a_registry_that_mixes_up_a_new_case_is_not_believed(registry: MoodyRegistry, register: Any) -> None:
    real = registry.open_case

    def foreign(new: Any) -> Any:
        return replace(real(new), person=PersonLink("dan"))

    registry.open_case = foreign  # type: ignore[method-assign]
    register()
    assert CaseLink.objects.get().external_id == ""


def test_five_failures_and_it_is_left_alone(registry: MoodyRegistry, link: CaseLink) -> None:
    registry.mood, registry.asked = "down", 0
    for _ in range(8):
        with pytest.raises(Away):
            read(link)
    assert registry.asked == 5
    assert asking.is_left_alone("default")


def test_changes_in_the_office_reach_us(registry: MoodyRegistry, link: CaseLink) -> None:
    registry.move(link.external_id, Status.GRANTED, "Twice a week.")
    assert linking.read_changes() == 1
    link.refresh_from_db()
    assert (link.status, link.decided_on) == (Status.GRANTED, clock.today())


def test_a_change_of_another_persons_case_is_not_believed(registry: MoodyRegistry, link: CaseLink) -> None:
    CaseLink.objects.update(person_link="somebody else")
    registry.move(link.external_id, Status.GRANTED)
    assert linking.read_changes() == 0


def test_while_the_registry_is_away_we_stay_where_we_were(registry: MoodyRegistry, link: CaseLink) -> None:
    registry.changes = None  # type: ignore[method-assign, assignment]
    assert linking.read_changes() == 0


def test_the_promised_day_moves_by_the_days_we_waited(time: Any, registry: MoodyRegistry, link: CaseLink) -> None:
    link.submitted_at, link.promised_until = clock.now(), dt.date(2026, 11, 24)
    link.save()
    time.shift(dt.timedelta(days=10))
    registry.ask(link.external_id, "SP-2")
    time.shift(dt.timedelta(days=5))
    registry.move(link.external_id, Status.WORKING)
    read(link)
    assert link.promised_until == dt.date(2026, 11, 29)


@pytest.mark.parametrize(("pauses", "day"), [(False, 4), (True, 9)], ids=["runs on", "stands too"])
def test_the_legal_day_moves_only_where_the_law_says_so(
    time: Any, registry: MoodyRegistry, link: CaseLink, pauses: bool, day: int
) -> None:
    link.submitted_at, link.legal_days, link.legal_pauses = clock.now(), 30, pauses
    link.legal_until = dt.date(2026, 12, 4)
    link.save()
    time.shift(dt.timedelta(days=10))
    registry.ask(link.external_id, "SP-2")
    time.shift(dt.timedelta(days=2))
    read(link)
    assert link.legal_until == dt.date(2026, 12, 4)  # while it stands nobody knows how far it moves
    time.shift(dt.timedelta(days=3))
    registry.move(link.external_id, Status.WORKING)
    read(link)
    assert link.legal_until == dt.date(2026, 12, day)


def test_a_legal_day_that_stands_still_is_counted_on_the_working_clock_too(
    time: Any, registry: MoodyRegistry, link: CaseLink
) -> None:
    link.submitted_at, link.clock, link.legal_days, link.legal_pauses = clock.now(), "working", 20, True
    link.legal_until = dt.date(2026, 12, 2)
    link.save()
    time.shift(dt.timedelta(days=1))
    registry.ask(link.external_id, "SP-2")
    time.shift(dt.timedelta(days=5))  # a weekend lies between: three working days were waited
    registry.move(link.external_id, Status.WORKING)
    read(link)
    assert link.legal_until == dt.date(2026, 12, 7)
