"""What a promise says about itself, in words."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.utils.translation import override

from charter import charts, selectors
from charter.compliance import Verdict
from charter.models import Direction, MeasuredHow, ServiceStandard, StandardKind, Unit
from charter.periods import Period, quarter_of
from charter.promises import Promise
from tests.factories.charter import commitment, institution, measured, service, standard

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("autumn")]


@pytest.fixture
def autumn() -> Any:
    with time_machine.travel("2026-11-22 10:00"), override("en"):
        yield


def read(of: ServiceStandard) -> Promise:
    found = selectors.promise(of.code, "en")
    assert found
    return found


def said(promise: Promise) -> str:
    assert promise.latest
    return promise.said(promise.latest).text


@pytest.mark.parametrize(
    ("kept", "total", "sentence"),
    [
        (87, 100, "In time: 87 out of 100"),
        (8, 9, "Too few cases to show a figure."),
        (8, 10, "Kept 8 times out of 10. That is too few to judge."),
    ],
)
def test_the_result_is_said_in_a_sentence(kept: int, total: int, sentence: str) -> None:
    promise = standard()
    measured(promise, kept, total)
    assert said(read(promise)) == sentence


@pytest.mark.parametrize(("kept", "times"), [(11, "11 разів"), (21, "21 раз"), (24, "24 рази")])
def test_the_times_a_promise_was_kept_are_counted_in_ukrainian(kept: int, times: str) -> None:
    promise = standard()
    measured(promise, kept, 27)
    with override("uk"):
        assert times + " " in said(read(promise))


def test_nothing_of_a_small_group_reaches_a_page() -> None:
    promise = standard()
    measured(promise, 8, 9)
    latest = read(promise).latest
    assert latest
    assert (latest.numerator, latest.denominator, latest.value, latest.low) == (0, 0, None, None)


@pytest.mark.parametrize(
    ("direction", "target", "kept", "total", "shown"),
    [
        (Direction.AT_LEAST, 0.95, 947, 1000, "94"),
        (Direction.AT_LEAST, 0.94, 946, 1000, "95"),
        (Direction.AT_MOST, 0.05, 54, 1000, "6"),
        (Direction.AT_MOST, 0.05, 44, 1000, "4"),
    ],
)
def test_rounding_never_hides_a_miss(direction: str, target: float, kept: int, total: int, shown: str) -> None:
    promise = standard(direction=direction, target=target)
    measured(promise, kept, total)
    found = read(promise)
    assert found.latest
    assert found.reached(found.latest) == shown


def test_up_time_and_counts_have_their_own_figures() -> None:
    uptime = standard("S16", kind=StandardKind.UPTIME, unit=Unit.PERCENT, target=0.995, sentence_en="{value} %")
    measured(uptime, 9991, 10000)
    defects = standard(
        "S15", kind=StandardKind.COUNT, direction=Direction.AT_MOST, target=0, sentence_en="Left: {value}"
    )
    measured(defects, 2, 0)
    assert said(read(uptime)) == "99.91 %"
    assert (read(uptime).promised, read(defects).promised) == ("99.5\N{NO-BREAK SPACE}%", "not a single case")
    assert (said(read(defects)), read(defects).verdict) == ("Left: 2", Verdict.NOT_KEPT)
    duty = standard("S12", kind=StandardKind.DUTY, target=1, sentence_en="{kept} of {total}")
    measured(duty, 2, 3)
    assert (said(read(duty)), read(duty).promised) == ("2 of 3", "every time")


def test_what_nothing_measures_says_so() -> None:
    found = read(standard(measured=MeasuredHow.NOT_YET))
    assert (found.verdict, found.is_measured, found.latest, found.so_far) == (Verdict.NOT_MEASURED, False, None, None)


def test_a_whole_quarter_is_judged_and_the_running_one_stands_beside_it() -> None:
    promise = standard()
    measured(promise, 97, 100)
    measured(promise, 30, 60, period_start=dt.date(2026, 10, 1))
    found = read(promise)
    assert found.latest
    assert found.so_far
    assert (str(found.latest.period), str(found.so_far.period)) == (
        "third quarter of 2026",
        "fourth quarter of 2026",
    )
    assert found.verdict == Verdict.KEPT


def test_a_replaced_measurement_is_not_read() -> None:
    promise = standard()
    measured(promise, 10, 100)
    measured(promise, 97, 100)
    assert len(read(promise).results) == 1


def test_a_standard_out_of_force_is_not_promised() -> None:
    standard(valid_until=dt.date(2026, 1, 31))
    assert selectors.all_promises("en") == []
    assert selectors.promise("S08", "en") is None


def test_a_services_own_standard_stands_before_the_general_one() -> None:
    general = standard()
    helped, other = service(commitments=[general.commitment]), service("kita", commitments=[general.commitment])
    standard("S08-H", service=helped, name_en="Ours")
    assert [promise.code for promise in selectors.promises_of_service(helped.pk, "en")] == ["S08-H"]
    assert [promise.code for promise in selectors.promises_of_service(other.pk, "en")] == ["S08"]


def test_an_institution_is_read_by_its_own_figures() -> None:
    promise, place = standard(), institution()
    standard("S13", commitment=commitment("C13"))
    measured(promise, 97, 100)
    measured(promise, 20, 100, institution=place)
    found = selectors.promises_of_institution(place.pk, "en")
    assert [(one.code, one.verdict) for one in found] == [("S08", Verdict.NOT_KEPT)]


def test_a_range_never_looks_as_if_it_held_the_target_it_misses() -> None:
    promise = standard(target=0.85)
    measured(promise, 656, 800)
    found = read(promise)
    assert found.latest
    assert (found.verdict, found.spread(found.latest)) == (Verdict.NOT_KEPT, "79–84")


@pytest.mark.parametrize(
    ("kept", "total", "figure", "spread"), [(8, 9, "–", ""), (8, 10, "–", "10 cases"), (97, 100, "97", "92–99")]
)
def test_figures_of_a_table_hide_what_words_hide(kept: int, total: int, figure: str, spread: str) -> None:
    promise = standard()
    measured(promise, kept, total)
    found = read(promise)
    assert found.latest
    assert (found.reached(found.latest), found.spread(found.latest)) == (figure, spread)


def test_a_duty_is_counted_and_has_no_range() -> None:
    promise = standard(kind=StandardKind.DUTY, target=1)
    measured(promise, 2, 3)
    found = read(promise)
    assert found.latest
    assert (found.reached(found.latest), found.spread(found.latest)) == ("2 of 3", "")


def test_months_have_their_own_name_end_and_code() -> None:
    december = Period(dt.date(2026, 12, 1), "month")
    assert (str(december), december.end, december.code) == ("December 2026", dt.date(2027, 1, 1), "2026-12")
    assert quarter_of(dt.date(2026, 11, 22)).code == "2026-Q4"


@pytest.mark.parametrize(
    ("language", "name"),
    [("lt", "2026 m. lapkritis"), ("ru", "Ноябрь 2026 г."), ("en", "November 2026"), ("uk", "Листопад 2026")],
)
def test_a_month_is_written_as_each_language_writes_it(language: str, name: str) -> None:
    with override(language):
        assert str(Period(dt.date(2026, 11, 1), "month")) == name


def test_months_are_read_apart_from_quarters() -> None:
    promise = standard()
    measured(promise, 70, 100)
    measured(promise, 97, 100, period_kind="month", period_start=dt.date(2026, 9, 1))
    (found,) = selectors.promises_measured("en", kind="month", institution=None)
    assert [result.period.code for result in found.results] == ["2026-09"]


def test_the_first_page_shows_promises_that_were_judged() -> None:
    measured(standard(), 70, 100)
    measured(standard("S09"), 9, 10)
    standard("S10")
    assert [promise.code for promise in selectors.judged_promises("en", limit=3)] == ["S08"]


def test_the_gauge_draws_what_the_words_say() -> None:
    promise = standard()
    measured(promise, 87, 100)
    found = read(promise)
    drawn = charts.gauge(found, found.latest)
    assert drawn
    assert (drawn.reached, drawn.promised, drawn.scale_from, drawn.target) == ("87", "90", "50", "250.0")
    assert float(drawn.band_from) < float(drawn.dot) < float(drawn.band_to)


def test_the_gauge_begins_at_nought_when_little_was_kept() -> None:
    promise = standard()
    measured(promise, 2, 100)
    found = read(promise)
    drawn = charts.gauge(found, found.latest)
    assert drawn
    assert (drawn.scale_from, drawn.anchor_dot) == ("0", "")


def test_too_few_cases_are_not_drawn() -> None:
    promise = standard()
    measured(promise, 9, 10)
    found = read(promise)
    assert charts.gauge(found, found.latest) is None
    assert charts.trend(found) is None


def test_the_trend_needs_two_quarters() -> None:
    promise = standard()
    measured(promise, 80, 100, period_start=dt.date(2026, 4, 1))
    measured(promise, 90, 100)
    line = charts.trend(read(promise))
    assert line
    assert (line.first, line.last, line.since) == ("80", "90", "second quarter of 2026")
