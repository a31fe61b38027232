"""What counts as a sign of a gap, how often, and which signs are the same question."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.core.cache import cache

from charter.feedback.models import PageVote
from kb.gaps import signs
from kb.gaps.signs import Sign
from kb.models import Gap, GapSign, SearchEvent, SignKind, Synonym
from portal.core import clock
from tests.factories.answers import topic
from tests.factories.kb import article

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
LONG_AGO = dt.timedelta(hours=2)


def searched(words: str, language: str = "lt", *, results: int = 0, ago: dt.timedelta = LONG_AGO, **facts: Any) -> None:
    SearchEvent.objects.create(at=clock.now() - ago, language=language, words=words, results=results, **facts)


def kinds() -> list[str]:
    signs.gather()
    return sorted(GapSign.objects.values_list("kind", flat=True))


def test_a_search_without_results_and_one_that_was_given_up_are_signs() -> None:
    searched("vilkai")
    searched("meškos", results=4)
    assert kinds() == [SignKind.LEFT, SignKind.NOTHING]


def test_who_opened_something_or_asked_a_consultant_missed_nothing() -> None:
    searched("vilkai", results=2, opened_kind="article", opened_code="A-001", opened_at=clock.now())
    searched("meškos", results=2, led_to_consultation=True)
    assert kinds() == []


def test_for_half_an_hour_nobody_knows_whether_a_search_was_given_up() -> None:
    searched("vilkai", results=2, ago=dt.timedelta(minutes=20))
    assert kinds() == []


def test_gathering_twice_counts_once() -> None:
    searched("vilkai")
    PageVote.objects.create(
        page_kind="article",
        page_code=article().code,
        language="lt",
        is_useful=False,
        text="Neaišku",
        key=uuid.uuid4(),
        at=clock.now() - LONG_AGO,
    )
    assert kinds() == kinds() == [SignKind.NOT_USEFUL, SignKind.NOTHING]


def test_the_same_question_in_other_order_and_endings_is_one_gap() -> None:
    searched("kompensacija vilkams")
    searched("vilkų kompensaciją")
    searched("Vilkai: kompensacijos?")
    signs.gather()
    assert Gap.objects.count() == 1


def test_a_question_in_another_language_joins_by_the_editors_words() -> None:
    Synonym.objects.create(terms={"lt": ["laisvos vietos"], "ru": ["свободные места"]})
    searched("kur laisvos vietos")
    searched("свободные места", "ru")
    signs.gather()
    assert Gap.objects.count() == 1
    assert set(GapSign.objects.values_list("language", flat=True)) == {"lt", "ru"}


def test_other_questions_stay_apart() -> None:
    searched("vilkai")
    searched("meškos")
    signs.gather()
    assert Gap.objects.count() == 2


def test_a_consultants_flag_belongs_to_its_article_and_is_masked() -> None:
    article()
    signs.note(Sign(SignKind.WRONG, "lt", source="flag:1", article="A-001", note="Paskambino 39001011234"))
    kept = GapSign.objects.get()
    assert (kept.gap.key, kept.gap.article_id is not None, kept.note) == (
        "article:A-001",
        True,
        "Paskambino [personal code]",
    )


def test_a_conversation_without_words_belongs_to_its_topic() -> None:
    topic()
    signs.note(Sign(SignKind.UNANSWERED, "lt", source="consultation:1", topic="bustas"))
    assert Gap.objects.get().words == "Šildymas ir būstas"


def test_what_says_nothing_is_not_kept() -> None:
    assert signs.note(Sign(SignKind.NOT_FOUND, "lt", source="flag:1")) is None
    searched("", results=0)
    assert kinds() == []


def test_while_another_process_gathers_nothing_is_counted_twice() -> None:
    searched("vilkai")
    cache.set("gaps:gathering", 1)
    assert signs.gather() == 0
    cache.clear()
    assert signs.gather() == 1
