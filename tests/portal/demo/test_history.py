"""The generated history: whole quarters, marked, without words where they are old, and measured by the one job."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.db.models import F

from charter.feedback.appeals.selectors import told_not_kept
from charter.feedback.models import Appeal, Improvement, PageVote, Rating, Story, Survey, SurveyResponse
from charter.feedback.surveys.results import results
from charter.feedback.surveys.words import words_of
from charter.models import ManualFigure, Measurement
from chat import access
from chat.models import Channel, Consultation, Event, EventKind, State, Task, TaskKind, TaskReason, TaskState, WrapUp
from kb.models import SearchEvent
from portal.cases.linking import read_changes
from portal.cases.models import CaseLink
from portal.core.retention import forget_what_is_due
from portal.demo import pack as packs
from portal.demo.accounts import create_accounts
from portal.demo.history.consultations import Storyteller
from portal.demo.history.generate import generate
from portal.demo.history.town import look_around
from portal.demo.reading import Pack
from portal.registry.models import Case

NOW = dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC)
PACK = Pack(packs.PACKS / "klaipeda")


@pytest.fixture(scope="module")
def _history(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[None]:
    """The demonstration city with its history, made once; each test works in a savepoint inside it."""
    with django_db_blocker.unblock(), transaction.atomic(), time_machine.travel(NOW, tick=False):
        packs.load(packs.read(PACK), PACK)
        create_accounts(tmp_path_factory.mktemp("accounts"))
        generate(PACK)
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def city(_history: None, db: None) -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def consultations() -> Any:
    return access.for_statistics().order_by("started_at")


def test_it_covers_four_whole_quarters_and_the_running_one_up_to_yesterday() -> None:
    days = consultations().values_list("started_at__date", flat=True)
    assert days.first() == dt.date(2025, 10, 1)
    assert days.last() == dt.date(2026, 11, 24)
    assert len(days) > 2000


def test_nothing_happens_on_holidays_and_weekends() -> None:
    days = set(consultations().values_list("started_at__date", flat=True))
    assert dt.date(2026, 7, 6) not in days
    assert all(day.weekday() < 5 for day in days)


def test_every_row_is_marked_as_generated() -> None:
    written: Any = (Rating, PageVote, SearchEvent, CaseLink, Case, Measurement, Appeal, Story, Improvement)
    for model in written:
        assert model._default_manager.exists()
        assert not model._default_manager.filter(is_demo=False).exists()
    assert not consultations().filter(is_demo=False).exists()


def test_words_are_kept_for_ninety_days_and_not_longer() -> None:
    edge = NOW - dt.timedelta(days=90)
    assert not Event.objects.filter(consultation__started_at__lt=edge).exists()
    assert Event.objects.filter(kind=EventKind.MESSAGE, language="uk").exists()
    assert not SearchEvent.objects.filter(at__lt=edge).exclude(words="").exists()
    assert sum(forget_what_is_due().values()) == 0


def test_conversations_read_in_order_and_their_counters_fit() -> None:
    told = consultations().filter(channel=Channel.CHAT, state=State.CLOSED, erased_at=None).last()
    kinds = [event.kind for event in access.public_events(told)]
    assert kinds[:3] == [EventKind.MESSAGE, EventKind.CLAIMED, EventKind.MESSAGE]
    assert kinds[-1] == EventKind.CLOSED
    assert [event.public_sequence for event in access.public_events(told)] == list(range(1, len(kinds) + 1))
    assert (told.public_sequence, told.staff_sequence) == (len(kinds), access.all_events(told).count())
    moments = [event.at for event in access.all_events(told)]
    assert moments == sorted(moments)


def test_nobody_is_named_and_no_receipt_opens_anything() -> None:
    assert not Consultation.objects.exclude(name="", secret_digest="").exists()
    assert not CaseLink.objects.exclude(secret_digest="").exists()


def test_nothing_is_left_open_for_whoever_tries_the_portal() -> None:
    assert set(consultations().values_list("state", flat=True)) == {State.CLOSED, State.ABANDONED}
    assert WrapUp.objects.count() == consultations().filter(state=State.CLOSED).count()


def test_calls_were_promised_to_those_who_left_and_nearly_all_of_them_were_made_in_time() -> None:
    calls = Task.objects.filter(kind=TaskKind.CALLBACK)
    in_time = calls.filter(first_try_at__lte=F("due_at"))

    assert not calls.filter(is_demo=False).exists()
    assert not calls.exclude(state=TaskState.DONE).exists()
    assert calls.filter(reason=TaskReason.FULL).count() > 100
    assert 0.95 < in_time.count() / calls.count() < 1
    assert Measurement.objects.filter(standard__code="S03", denominator__gt=30).exists()


def test_some_promises_are_kept_some_missed_some_unclear_and_some_too_rare() -> None:
    verdicts = set(Measurement.objects.filter(period_kind="quarter").values_list("verdict", flat=True))
    assert verdicts >= {"kept", "not_kept", "not_yet_clear", "too_few"}


def test_what_was_missed_is_explained_but_for_the_newest_quarter() -> None:
    missed = Measurement.objects.filter(institution=None, period_kind="quarter", verdict="not_kept")
    told = {row["period_start"] for row in missed.exclude(reason_lt=None).values("period_start")}
    assert dt.date(2026, 7, 1) not in told
    assert told
    assert not missed.filter(period_start__lt="2026-07-01", reason_uk=None).exists()


def test_letters_of_every_kind_and_language_came_some_answered_late_some_opened_again() -> None:
    letters = Appeal.objects.all()
    assert 220 < letters.count() < 360
    assert {(each.kind) for each in letters} == {"complaint", "suggestion", "question", "thanks"}
    assert {each.language for each in letters} == {"lt", "ru", "en", "uk"}
    assert {each.state for each in letters} >= {"answered", "passed_on", "working"}
    assert letters.filter(level=2).exists()
    assert letters.filter(answers__sent_on__gt=F("answers__due_on")).exists()
    assert letters.filter(story__isnull=False, is_quotable=True).exists()
    assert not letters.exclude(secret_digest="", name="", contact="").exists()
    assert not letters.filter(answers__sent_on__gte=NOW.date()).exists()


def test_enough_people_told_the_town_that_it_did_not_keep_its_word_to_say_so() -> None:
    told = told_not_kept(dt.date(2026, 7, 1), dt.date(2026, 10, 1))
    assert told["S08"] >= 10
    assert {"S01", "S03"} <= told.keys()


def test_what_the_town_changed_stands_in_four_languages_and_was_measured() -> None:
    assert Story.objects.filter(live=True).exclude(changed_uk="").count() == 6
    assert Improvement.objects.filter(live=True, stage="finished").exclude(lesson_en="").count() == 3


def test_figures_of_people_were_checked_by_somebody_else_and_quarters_count_as_published() -> None:
    assert ManualFigure.objects.filter(state="confirmed").exclude(entered_by=F("decided_by")).count() == 8
    published = Measurement.objects.filter(standard__code="S18", period_kind="quarter")
    assert {(each.numerator, each.denominator) for each in published} == {(1, 1)}
    computed = Measurement.objects.filter(standard__code__in=("S05", "S06", "S07", "S12", "S14"), period_kind="quarter")
    assert computed.values("standard").distinct().count() == 5
    assert not Measurement.objects.filter(superseded_at__isnull=False).exists()


def test_the_registry_and_the_portal_tell_the_same_of_a_case() -> None:
    assert Case.objects.count() == CaseLink.objects.count() > 300
    link = CaseLink.objects.filter(decided_on__isnull=False)[0]
    case = Case.objects.get(number=link.external_id)
    assert (case.decided_on, case.promised_until, case.person_handle) == (
        link.decided_on,
        link.promised_until,
        link.person_link,
    )
    assert not Case.objects.filter(decided_on__lt=F("submitted_at__date")).exists()
    assert read_changes() <= 1


def test_a_second_load_adds_nothing() -> None:
    before = list(consultations().values_list("public_id", "waited_seconds"))
    generate(PACK)
    assert list(consultations().values_list("public_id", "waited_seconds")) == before


def test_the_same_day_always_looks_the_same() -> None:
    def told() -> list[tuple[str, str, int | None]]:
        stories = Storyteller(look_around(PACK)).day(dt.date(2026, 7, 7), progress=0.5)
        return [(of.reference, of.language, of.waited_seconds) for of in (story.consultation for story in stories)]

    assert told() == told() != []


def test_it_holds_a_survey_that_is_over_with_the_one_before_and_one_that_runs() -> None:
    over, running = Survey.objects.exclude(copy_of=None).get(), Survey.objects.get(state="open")
    found = results(over)
    assert {each.is_demo for each in Survey.objects.all()} == {True}
    assert all(block.is_figure for block in found.blocks if not block.question.branch.question)
    assert any(block.has_changed for block in found.blocks)
    assert len(words_of(over)) == 2
    assert [block.shown.value for block in results(running).blocks if block.question.is_required] == ["full"]
    days = {day for _id, day in SurveyResponse.objects.filter(survey=running).values_list("id", "day")}
    assert max(days) < dt.date(2026, 11, 25)
