"""Duties of the calendar are counted: stories told each month, results published each quarter, minutes answered."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine

from charter.actions import record_measurement
from charter.feedback.models import Story
from charter.models import MeasuredHow, ServiceStandard, StandardKind
from portal.dashboard import watching
from portal.dashboard.models import AnsweredDay
from portal.dashboard.periods import moment
from portal.dashboard.sources import SOURCES, Tally
from tests.portal.dashboard.records import standard

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
NOW = dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def duty(metric: str) -> ServiceStandard:
    one = standard("S12", metric, target=1.0)
    one.kind = StandardKind.DUTY
    one.save()
    return one


def counted(one: ServiceStandard) -> dict[dt.date, Tally]:
    since, until = dt.date(2026, 1, 1), dt.date(2027, 1, 1)
    return {key[0]: tally for key, tally in SOURCES[one.metric](one, moment(since), moment(until)).items()}


def test_a_month_with_a_story_is_kept_one_without_is_missed_and_the_running_one_waits() -> None:
    for day in (dt.date(2026, 8, 20), dt.date(2026, 10, 2), dt.date(2026, 11, 3)):
        Story.objects.create(code=f"T-{day}", said_lt="a", changed_lt="b", told_on=day)
    Story.objects.create(code="T-draft", said_lt="a", changed_lt="b", told_on=dt.date(2026, 9, 1), live=False)
    kept = {month.month: tally.kept for month, tally in counted(duty("months_published")).items()}
    assert kept == {8: 1, 9: 0, 10: 1}


def test_a_town_that_has_just_begun_has_missed_nothing() -> None:
    assert counted(duty("months_published")) == {}


def published(one: ServiceStandard, quarter: dt.date, on: dt.date) -> None:
    with time_machine.travel(moment(on), tick=False):
        record_measurement(one, period_kind="quarter", period_start=quarter, numerator=40, denominator=50, by="test")


def test_a_quarter_counts_when_everything_came_in_time_and_not_when_a_figure_of_people_is_missing() -> None:
    computed, brought = standard("S01", "x"), standard("S04", "y")
    ServiceStandard.objects.filter(pk=brought.pk).update(measured=MeasuredHow.MANUAL)
    for quarter in (dt.date(2026, 1, 1), dt.date(2026, 4, 1), dt.date(2026, 7, 1)):
        published(computed, quarter, quarter + dt.timedelta(days=100))
    published(brought, dt.date(2026, 1, 1), dt.date(2026, 4, 20))
    published(brought, dt.date(2026, 4, 1), dt.date(2026, 7, 20))
    kept = {month.month: tally.kept for month, tally in counted(duty("quarters_published")).items()}
    assert kept == {3: 1, 6: 1, 9: 0}


def test_a_quarter_published_too_late_does_not_count() -> None:
    published(standard("S01", "x"), dt.date(2026, 4, 1), dt.date(2026, 8, 2))
    assert counted(duty("quarters_published")) == {dt.date(2026, 6, 1): Tally(0, 1), dt.date(2026, 9, 1): Tally(0, 1)}


def test_minutes_without_an_answer_are_down_time(
    clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch, answer = watching.Watch(), [True]
    monkeypatch.setattr(watching, "answers", lambda: answer[0])
    watch.look()
    watch.look()
    assert AnsweredDay.objects.get().answered == 1
    clock.shift(dt.timedelta(minutes=4))
    watch.look()  # other work held us up
    answer[0] = False
    clock.shift(dt.timedelta(minutes=1))
    watch.look()
    clock.shift(dt.timedelta(minutes=5))
    answer[0] = True
    watch.look()
    assert AnsweredDay.objects.get().answered == 6
    assert counted(duty("uptime")) == {dt.date(2026, 11, 1): Tally(6, 10)}


def test_a_new_process_does_not_vouch_for_the_time_before(
    clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "answers", lambda: True)
    watching.Watch().look()
    clock.shift(dt.timedelta(minutes=5))
    watching.Watch().look()
    assert AnsweredDay.objects.get().answered == 2


def test_a_portal_that_is_not_there_does_not_answer(settings: object) -> None:
    settings.SITE_URL = "http://127.0.0.1:9"  # type: ignore[attr-defined]
    assert not watching.answers()
