"""The way of an article, and who may move it along."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from charter.models import Role
from kb import states
from kb.models import Article, ArticleState, Review, ReviewCause, in_state
from kb.reviews import open_reviews
from kb.selectors import article_with
from portal.core.models import AuditEntry
from tests.factories.kb import article
from tests.people import bob, carol, dan, staff

pytestmark = pytest.mark.django_db
DAY = dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC)


def draft() -> Article:
    made = article(live=False)
    made.save_revision()
    return made


def test_an_answer_goes_from_draft_over_review_to_the_public_and_to_the_archive() -> None:
    answer = draft()
    for to in (ArticleState.IN_REVIEW, ArticleState.PUBLISHED, ArticleState.OUTDATED, ArticleState.ARCHIVED):
        states.move(answer, to, by=carol())
        answer.refresh_from_db()
        assert answer.state == to
        assert answer.live == (to in {ArticleState.PUBLISHED, ArticleState.OUTDATED})
    assert AuditEntry.objects.filter(action="article.moved").count() == 4


@pytest.mark.parametrize("state", ArticleState)
def test_a_list_of_a_state_and_the_state_of_an_article_agree(state: ArticleState) -> None:
    for number, (live, stage) in enumerate((live, stage) for live in (True, False) for stage in ("", *ArticleState)):
        Article.objects.create(code=f"A-{number:03}", live=live, stage=stage)
    found = set(Article.objects.filter(in_state(state)))
    assert found == {one for one in Article.objects.all() if one.state == state}


@pytest.mark.parametrize(("to", "may"), [(ArticleState.OUTDATED, True), (ArticleState.ARCHIVED, False)])
def test_a_supervisor_may_doubt_an_answer_but_not_archive_it(to: ArticleState, may: bool) -> None:
    answer, supervisor = article(), staff("Sofia", Role.SUPERVISOR)
    assert (to in states.moves_for(answer, supervisor)) == may
    if not may:
        with pytest.raises(states.NotAllowed):
            states.move(answer, to, by=supervisor)


def test_a_translator_sends_to_review_and_does_not_publish() -> None:
    answer, translator = draft(), staff("Tania", Role.TRANSLATOR)
    states.move(answer, ArticleState.IN_REVIEW, by=translator)
    with pytest.raises(states.NotAllowed):
        states.move(answer, ArticleState.PUBLISHED, by=translator)


def test_consultants_and_strangers_move_nothing() -> None:
    assert states.moves_for(draft(), bob()) == states.moves_for(draft_again(), dan()) == []


def draft_again() -> Article:
    return Article.objects.get()


def test_there_are_no_short_cuts() -> None:
    with pytest.raises(states.NoSuchMove):
        states.move(draft(), ArticleState.PUBLISHED, by=carol())


def test_what_has_no_answer_is_not_sent_to_review() -> None:
    with pytest.raises(states.NotReady):
        states.move(article(live=False, short_answer_lt=""), ArticleState.IN_REVIEW, by=carol())


@time_machine.travel(DAY, tick=False)
def test_who_has_checked_it_says_so_and_the_next_day_is_set() -> None:
    answer = article()
    open_reviews(answer, cause=ReviewCause.LEGAL_ACT, what="XIII-1")
    states.doubt(answer)
    states.move(answer, ArticleState.PUBLISHED, by=carol())
    answer.refresh_from_db()
    assert (answer.state, answer.checked_on, answer.review_on) == (
        ArticleState.PUBLISHED,
        dt.date(2026, 11, 25),
        dt.date(2027, 5, 27),
    )
    assert not answer_reviews(answer)


def answer_reviews(answer: Article) -> list[str]:
    return list(Review.objects.filter(entry=answer.pk, language="", done_at=None).values_list("what", flat=True))


def test_checking_publishes_nothing_that_is_still_being_written() -> None:
    answer = article()
    answer.title_lt = "Nebaigta"
    answer.save_revision()
    states.check(Article.objects.get(), by=carol())
    kept = Article.objects.get()
    assert kept.title_lt == "Kaip gauti šildymo kompensaciją?"
    draft = kept.get_latest_revision_as_object()
    assert (draft.title_lt, draft.checked_on) == ("Nebaigta", kept.checked_on)


def test_an_older_text_brought_back_does_not_bring_back_the_state() -> None:
    answer = article()
    revision = answer.save_revision()
    states.doubt(answer)
    revision.publish()
    answer.refresh_from_db()
    assert answer.state == ArticleState.OUTDATED


def test_readers_of_an_outdated_answer_are_told() -> None:
    answer = article()
    states.doubt(answer)
    page = article_with(answer.pk, "lt")
    assert page
    assert page.is_being_checked


def test_what_is_published_from_the_archive_does_not_fall_back_into_it() -> None:
    answer = article(live=False)
    states.move(answer, ArticleState.ARCHIVED, by=carol())
    answer.save_revision().publish(user=carol())
    answer.refresh_from_db()
    answer.unpublish(user=carol())
    answer.refresh_from_db()
    assert answer.state == ArticleState.DRAFT


def test_what_was_made_without_a_history_is_published_all_the_same() -> None:
    answer = article(live=False)
    states.move(answer, ArticleState.IN_REVIEW, by=carol())
    states.move(answer, ArticleState.PUBLISHED, by=carol())
    assert answer.state == ArticleState.PUBLISHED
