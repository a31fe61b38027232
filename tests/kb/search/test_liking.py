"""Of answers that are equally good, what people open and what was checked lately stands first."""

from __future__ import annotations

import datetime as dt
from itertools import count

import pytest
from django.core.cache import cache

from kb.models import PinnedAnswer, SearchEvent
from kb.search import liking
from kb.search.finder import find
from kb.search.liking import settled
from kb.search.ranking import Ranked
from kb.selectors import Reader
from portal.core import clock
from tests.factories.kb import article, indexed

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
_people = count()


def opened(code: str, people: int, *, days_ago: int = 1, reader: str = "resident", asker: str = "") -> None:
    at = clock.now() - dt.timedelta(days=days_ago)
    for _ in range(people):
        SearchEvent.objects.create(
            at=at,
            language="lt",
            results=3,
            reader=reader,
            asker=asker or f"somebody {next(_people)}"[-12:],
            opened_kind="article",
            opened_code=code,
            opened_at=at,
        )
    cache.delete(liking._KEY)


def codes(text: str = "parama") -> list[str]:
    return [hit.code for hit in find(text, language="lt", reader=Reader.RESIDENT).hits]


def three(*checked: dt.date | None) -> None:
    """Three answers that say the same."""
    for number, day in enumerate(checked or (None, None, None), 1):
        article(f"A-{number:03}", title_lt="Parama", languages=(), checked_on=day)
    indexed()


def test_without_anything_known_the_order_is_always_the_same() -> None:
    three()

    assert codes() == ["A-001", "A-002", "A-003"]


def test_what_several_people_opened_comes_before_what_is_as_good() -> None:
    three()
    opened("A-003", 4)

    assert codes() == ["A-003", "A-001", "A-002"]


def test_one_person_more_changes_nothing_twice_as_many_do() -> None:
    three()
    opened("A-002", 4)
    opened("A-003", 5)
    assert codes()[:2] == ["A-002", "A-003"]

    opened("A-003", 4)
    assert codes()[:2] == ["A-003", "A-002"]


def test_one_person_who_opens_it_often_is_one_and_consultants_and_old_times_do_not_count() -> None:
    three()
    opened("A-003", 9, asker="dan")
    opened("A-002", 9, reader="staff")
    opened("A-002", 9, days_ago=40)

    assert codes() == ["A-001", "A-002", "A-003"]


def test_of_two_that_nobody_prefers_the_one_checked_last_comes_first() -> None:
    three(None, dt.date(2026, 1, 5), dt.date(2026, 6, 5))

    assert codes() == ["A-003", "A-002", "A-001"]


def test_a_better_answer_is_never_overtaken_however_many_open_the_other() -> None:
    article("A-001", title_lt="Šildymo kompensacija", languages=())
    article("A-002", title_lt="Kompensacija", languages=())
    indexed()
    opened("A-002", 300)

    assert codes("šildymo kompensacija") == ["A-001", "A-002"]


def test_what_editors_pinned_stays_in_their_order() -> None:
    three()
    for code in ("A-002", "A-001"):
        PinnedAnswer.objects.create(language="lt", words="parama", kind="article", code=code)
    opened("A-001", 50)
    opened("A-003", 50)

    assert codes() == ["A-002", "A-001", "A-003"]


def test_only_neighbours_within_a_hundredth_change_places() -> None:
    rows = [Ranked("article", code, score) for code, score in (("a", 10.0), ("b", 9.95), ("c", 9.85), ("d", 9.8))]
    fresh = {("article", "b"): dt.date(2026, 6, 5), ("article", "d"): dt.date(2026, 7, 5)}

    assert [row.code for row in settled(rows, fresh)] == ["b", "a", "d", "c"]
