"""What an editor sees on the gap board, and what may be done about a gap."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.test import Client

from kb.gaps import actions, board, signs
from kb.gaps.signs import Sign
from kb.models import Article, Gap, GapState, PinnedAnswer, SignKind, Synonym
from kb.search import finder
from kb.selectors import Reader
from portal.core import clock, retention
from tests.factories.kb import article, indexed
from tests.people import bob, carol

pytestmark = pytest.mark.django_db


def gap(words: str = "vilkų vizitas", language: str = "lt", *, times: int = 1, days_ago: int = 0) -> Gap:
    at = clock.now() - dt.timedelta(days=days_ago)
    for number in range(times):
        signs.note(Sign(SignKind.NOTHING, language, source=f"{words}:{days_ago}:{number}", words=words, at=at))
    return Gap.objects.get(words=words)


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(carol())
    return client


def do(client: Client, of: Gap, deed: str, **fields: str) -> int:
    status = client.post(f"/cms/knowledge/gaps/{of.pk}/{deed}/", fields).status_code
    of.refresh_from_db()
    return status


def test_what_is_missed_most_stands_first_with_its_trend() -> None:
    gap("meškos", times=1)
    gap("vilkai", times=2, days_ago=40)
    gap("vilkai", times=5)
    first, second = board.rows(board.gaps("open"))
    assert (first.gap.words, first.volume.now, first.volume.before, first.volume.is_growing) == ("vilkai", 5, 2, True)
    assert second.volume.weeks[-1] == 1


def test_only_editors_enter(editor: Client) -> None:
    stranger, consultant = Client(), Client()
    consultant.force_login(bob())
    assert editor.get("/cms/knowledge/gaps/").status_code == 200
    assert stranger.get("/cms/knowledge/gaps/").status_code == 302
    assert consultant.get("/cms/knowledge/gaps/").status_code in {302, 403}


def test_a_gap_is_given_to_somebody_and_taken_back(editor: Client) -> None:
    found = gap()
    assert do(editor, found, "assign", to=str(carol().pk)) == 302
    assert (found.state, found.assigned_to) == (GapState.ASSIGNED, carol())
    do(editor, found, "assign", to="")
    assert (found.state, found.assigned_to) == (GapState.OPEN, None)


def test_with_the_words_added_the_answer_is_found(editor: Client) -> None:
    found, answer = gap(), article()
    assert do(editor, found, "words", article=str(answer.pk)) == 302
    indexed()
    hits = finder.find("vilkų vizitas", language="lt", reader=Reader.RESIDENT).hits
    assert [hit.code for hit in hits] == ["A-001"]
    assert (found.state, found.remedy) == (GapState.CLOSED, "words")


def test_words_added_to_an_unfinished_draft_publish_nothing_of_it(editor: Client) -> None:
    found, answer = gap(), article()
    answer.title_lt = "Nebaigta"
    answer.save_revision()
    do(editor, found, "words", article=str(answer.pk))
    kept = Article.objects.get()
    assert (kept.title_lt, kept.resident_words_lt) == ("Kaip gauti šildymo kompensaciją?", "vilkų vizitas")
    draft = kept.get_latest_revision_as_object()
    assert (draft.title_lt, draft.resident_words_lt) == ("Nebaigta", "vilkų vizitas")


def test_an_answer_is_pinned_for_the_words(editor: Client) -> None:
    found, answer = gap(), article()
    do(editor, found, "words", article=str(answer.pk), pin="1")
    assert PinnedAnswer.objects.filter(language="lt", words="vilkų vizitas", code="A-001").exists()


def test_words_are_joined_across_languages(editor: Client) -> None:
    found = gap()
    do(editor, found, "synonym", terms_lt="vilkai, pilkiai", terms_ru="волки")
    assert Synonym.objects.get().terms == {"lt": ["vilkai", "pilkiai"], "ru": ["волки"]}
    assert found.state == GapState.CLOSED


@pytest.mark.parametrize(("deed", "fields"), [("dismiss", {}), ("words", {}), ("synonym", {"terms_lt": "vienas"})])
def test_what_is_missing_is_said_and_nothing_is_done(editor: Client, deed: str, fields: dict[str, str]) -> None:
    found = gap()
    assert do(editor, found, deed, **fields) == 422
    assert found.state == GapState.OPEN


def test_a_gap_is_dismissed_with_a_reason_and_comes_back(editor: Client) -> None:
    found = gap()
    do(editor, found, "dismiss", reason="Ne mūsų savivaldybė")
    assert (found.state, found.reason) == (GapState.DISMISSED, "Ne mūsų savivaldybė")
    assert "Ne mūsų savivaldybė" in editor.get("/cms/knowledge/gaps/?group=dismissed").content.decode()
    do(editor, found, "reopen")
    assert found.state == GapState.OPEN


def test_writing_twice_gives_the_same_draft() -> None:
    found = gap()
    assert actions.write(found, by=carol()) == actions.write(found, by=carol())
    assert Article.objects.count() == 1


def test_after_ninety_days_nothing_of_the_words_is_left() -> None:
    open_gap, dismissed = gap("vilkai"), gap("meškos")
    actions.dismiss(dismissed, reason="ne", by=carol())
    with time_machine.travel(clock.now() + dt.timedelta(days=92)):
        retention.forget_what_is_due()
    assert not Gap.objects.filter(pk=open_gap.pk).exists()
    dismissed.refresh_from_db()
    assert (dismissed.words, dismissed.key) == ("", f"settled:{dismissed.pk}")
    assert not dismissed.signs.exclude(words="").exists()


def test_the_board_asks_few_questions_however_many_gaps(editor: Client, django_assert_max_num_queries: object) -> None:
    for number in range(12):
        gap(f"{chr(97 + number) * 6} {chr(98 + number) * 7}")
    editor.get("/cms/knowledge/gaps/")
    with django_assert_max_num_queries(30):  # type: ignore[operator]
        editor.get("/cms/knowledge/gaps/")
