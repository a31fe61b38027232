"""What has to be translated: by the text the translator saw, never by "saved later"."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
import time_machine
from django.core import mail

from kb.models import Article, Review, ReviewCause
from kb.reviews import open_reviews
from kb.translating import actions, wishes
from kb.translating.queue import counts, queue
from kb.translating.sources import seen
from tests.factories.kb import article
from tests.people import carol, staff

pytestmark = pytest.mark.django_db
KIND = "kb.article"


def waiting(language: str) -> list[tuple[str, str]]:
    return [(row.code, row.state) for row in queue(language, kind=KIND)]


def test_missing_in_work_and_outdated_are_told_apart_and_current_is_done() -> None:
    article(languages=("ru",))
    old = article("A-002", languages=("uk",), title_lt="Kitas klausimas?")
    old.title_lt = "Kitas klausimas dabar?"
    old.save()
    actions.begin(article("A-003", languages=()), "uk", by=carol())
    assert waiting("uk") == [("A-002", "outdated"), ("A-003", "in_work"), ("A-001", "missing")]
    assert waiting("ru") == [("A-002", "missing"), ("A-003", "missing")]
    assert dict(counts())["uk"]["in_work"] == 1


def test_saving_again_without_a_change_outdates_nothing() -> None:
    answer = article()
    answer.internal_note_lt = "Pastaba"
    answer.save()
    assert waiting("ru") == []


def test_what_is_asked_for_most_comes_first() -> None:
    article(languages=())
    wanted = article("A-002", languages=())
    for _reader in range(14):
        wishes.ask(wanted, "uk", key=uuid.uuid4())
    first = queue("uk", kind=KIND)[0]
    assert (first.code, first.asked) == ("A-002", 14)


def test_a_translator_sees_the_source_they_translated() -> None:
    answer = article()
    answer.short_answer_lt = "Pateikite prašymą internetu."
    answer.save()
    assert seen(answer, "ru")["short_answer"] == "Pateikite prašymą."


def test_how_long_it_waits_counts_from_the_change_of_the_source() -> None:
    with time_machine.travel(dt.datetime(2026, 11, 1, 9, tzinfo=dt.UTC)):
        answer = article()
    with time_machine.travel(dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC)):
        answer.title_lt = "Pakeista?"
        answer.save()
    with time_machine.travel(dt.datetime(2026, 11, 25, 10, tzinfo=dt.UTC)):
        assert [row.days for row in queue("ru", kind=KIND)] == [15]


def test_a_complete_translation_is_read_and_ends_the_wait(django_capture_on_commit_callbacks: Any) -> None:
    answer = article(languages=())
    open_reviews(article("A-002"), cause=ReviewCause.FACT, what="x")
    wishes.ask(answer, "ru", key=uuid.uuid4(), contact="alice@example.org")
    texts = {"title": "Как?", "short_answer": "Так.", "slug": "kak"}
    with django_capture_on_commit_callbacks(execute=True):
        actions.complete(answer, "ru", texts, by=staff("Tania", "translator"))
    assert waiting("ru") == []
    assert Article.objects.get(pk=answer.pk).shown_languages() == ["lt", "ru"]
    assert [letter.to for letter in mail.outbox] == [["alice@example.org"]]
    assert "/ru/answers/kak/" in mail.outbox[0].body
    assert queue("ru", kind=KIND) == []


def test_who_waits_is_told_once_and_forgotten(django_capture_on_commit_callbacks: Any) -> None:
    answer = article(languages=())
    wish = wishes.ask(answer, "ru", key=uuid.uuid4(), contact="alice@example.org")
    assert "alice" not in wish.contact
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            answer.declare_translated("ru")
            answer.save()
    wish.refresh_from_db()
    assert (len(mail.outbox), wish.contact, wish.told_at is not None) == (1, "", True)


def test_completing_answers_the_reviews_of_that_language_only() -> None:
    answer = article()
    open_reviews(answer, cause=ReviewCause.FACT, what="x")
    actions.complete(answer, "ru", {}, by=carol())
    assert set(Review.objects.filter(done_at=None).values_list("language", flat=True)) == {"", "en"}


def test_what_lacks_a_reference_or_a_text_is_not_complete() -> None:
    answer = article(languages=(), body_lt="<p>Skambinkite {{phone:kspc}}</p>", short_answer_ru="")
    with pytest.raises(actions.NotComplete) as no:
        actions.complete(answer, "ru", {"title": "Как?", "body": "<p>Звоните</p>"}, by=carol())
    assert set(no.value.wrong) == {"short_answer", "body"}
    assert "{{phone:kspc}}" in no.value.wrong["body"][0]
    assert waiting("ru") == [("A-001", "missing")]


def test_two_do_not_translate_the_same() -> None:
    answer = article(languages=())
    actions.begin(answer, "ru", by=carol())
    with pytest.raises(actions.TakenByAnother):
        actions.save(answer, "ru", {"title": "Как?"}, by=staff("Tania", "translator"))


def test_a_translation_does_not_publish_an_editors_unfinished_draft() -> None:
    answer = article(languages=())
    answer.title_lt = "Nebaigta?"
    answer.save_revision()
    actions.complete(Article.objects.get(), "ru", {"title": "Как?", "short_answer": "Так."}, by=carol())
    kept = Article.objects.get()
    assert (kept.title_lt, kept.title_ru) == ("Kaip gauti šildymo kompensaciją?", "Как?")
    assert kept.get_latest_revision_as_object().title_lt == "Nebaigta?"
