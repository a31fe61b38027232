"""The measurement job: what is written to the charter is what can be counted by hand."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.management import call_command

from charter.models import Measurement, Municipality
from chat.models import Channel, Outcome, State
from kb.models import Article
from portal.cases.registries.facts import Status
from portal.core.languages import LANGUAGES
from portal.core.schedule import rounds
from portal.dashboard.measure import measure
from tests.portal.dashboard import records

TODAY = dt.date(2026, 11, 25)
JULY, AUGUST, OCTOBER = dt.date(2026, 7, 10), dt.date(2026, 8, 10), dt.date(2026, 10, 10)
pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def _frozen() -> object:
    with time_machine.travel(dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC), tick=False):
        yield


def figures(code: str, *, institution: str | None = None) -> dict[str, tuple[int, int]]:
    """{period: (kept, of)} of what counts now."""
    rows = Measurement.objects.filter(standard__code=code, superseded_at=None, institution__code=institution)
    return {f"{row.period_kind} {row.period_start}": (row.numerator, row.denominator) for row in rows}


def test_calls_are_in_time_when_answered_within_the_promised_seconds() -> None:
    records.standard("S01", "answered_within_seconds", promised=20)
    for waited in (5, 20, 21):
        records.consultation(JULY, channel=Channel.PHONE, waited_seconds=waited)
    records.consultation(JULY, channel=Channel.PHONE, waited_seconds=None)
    records.abandoned(JULY, channel=Channel.PHONE, waited_seconds=5)
    records.abandoned(JULY, channel=Channel.PHONE, waited_seconds=6)
    records.consultation(JULY)
    measure(since=JULY)
    assert figures("S01") == {"month 2026-07-01": (2, 4), "quarter 2026-07-01": (2, 4)}


def test_a_chat_without_any_reply_is_not_in_time() -> None:
    records.standard("S02", "first_reply_within_seconds", promised=60)
    records.consultation(JULY, first_reply_seconds=60)
    records.consultation(JULY, first_reply_seconds=61)
    records.abandoned(JULY)
    records.consultation(JULY, started_in_hours=False)
    measure(since=JULY)
    assert figures("S02")["quarter 2026-07-01"] == (1, 3)


def test_who_waits_and_may_still_be_answered_in_time_is_not_counted_yet() -> None:
    records.standard("S02", "first_reply_within_seconds", promised=60)
    now = dt.datetime.now(tz=dt.UTC)
    open_ones = {"state": State.WAITING, "ended_at": None, "closed_at": None}
    records.abandoned(TODAY, **open_ones, started_at=now - dt.timedelta(seconds=30))
    assert measure(since=TODAY) == 0
    records.abandoned(TODAY, **open_ones, started_at=now - dt.timedelta(seconds=90))
    measure(since=TODAY)
    assert figures("S02")["month 2026-11-01"] == (0, 1)


def test_settled_at_first_contact_is_what_the_consultant_called_answered() -> None:
    records.standard("S10", "first_contact_resolution")
    for outcome in (Outcome.ANSWERED, Outcome.ANSWERED, Outcome.REFERRED):
        records.wrapped_up(records.consultation(JULY), outcome=outcome)
    records.abandoned(JULY)
    measure(since=JULY)
    assert figures("S10")["month 2026-07-01"] == (2, 3)


def test_content_are_those_who_said_good_or_very_good() -> None:
    records.standard("S13", "satisfied_share")
    for score in (1, 2, 3, 4, 5):
        records.rating(JULY, score)
    measure(since=JULY)
    assert figures("S13")["quarter 2026-07-01"] == (2, 5)


def test_a_request_is_in_time_when_decided_by_the_promised_day() -> None:
    records.standard("S08", "decided_within_days")
    records.request("S08", JULY, JULY)
    records.request("S08", JULY, AUGUST)
    records.request("S08", JULY)
    records.request("S08", JULY, status=Status.WAITING)
    records.request("S08", JULY, status=Status.WITHDRAWN)
    records.request("S08", TODAY)
    records.request("S99", JULY, JULY)
    measure(since=JULY)
    assert figures("S08") == {
        "month 2026-07-01": (1, 2),
        "month 2026-08-01": (0, 1),
        "quarter 2026-07-01": (1, 3),
    }


def test_a_request_decided_early_counts_when_it_was_decided() -> None:
    records.standard("S08", "decided_within_days")
    records.request("S08", AUGUST, JULY)
    measure(since=JULY)
    assert figures("S08")["month 2026-07-01"] == (1, 1)


def test_ratings_are_counted_when_their_period_is_over() -> None:
    records.standard("S13", "satisfied_share")
    records.rating(OCTOBER, 5)
    records.rating(TODAY, 5)
    measure(since=OCTOBER)
    assert figures("S13") == {"month 2026-10-01": (1, 1)}


def test_months_add_up_to_their_quarter_and_institutions_to_the_city() -> None:
    records.standard("S02", "first_reply_within_seconds", promised=60)
    kspc, dane = records.institution("kspc"), records.institution("dane")
    records.consultation(JULY, institution=kspc)
    records.consultation(AUGUST, institution=kspc, first_reply_seconds=600)
    records.consultation(AUGUST, institution=dane)
    records.consultation(AUGUST)
    measure(since=JULY)
    assert figures("S02") == {
        "month 2026-07-01": (1, 1),
        "month 2026-08-01": (2, 3),
        "quarter 2026-07-01": (3, 4),
    }
    assert figures("S02", institution="kspc")["quarter 2026-07-01"] == (1, 2)
    assert figures("S02", institution="dane") == {"month 2026-08-01": (1, 1), "quarter 2026-07-01": (1, 1)}


def test_a_month_ends_at_the_towns_midnight() -> None:
    records.standard("S13", "satisfied_share")
    records.rating(JULY, 5)
    last = records.rating(JULY, 5)
    last.at = dt.datetime(2026, 7, 31, 21, 30, tzinfo=dt.UTC)  # half past midnight in Vilnius: August
    last.save()
    measure(since=JULY)
    assert figures("S13")["month 2026-07-01"] == figures("S13")["month 2026-08-01"] == (1, 1)


def test_articles_are_counted_as_they_stand_today() -> None:
    records.standard("S09", "articles_current_in_all_languages")
    records.standard("S17", "articles_in_date")
    whole = Article(code="A-1", review_on=dt.date(2026, 11, 26), **{f"title_{code}": "x" for code in LANGUAGES})
    for language in LANGUAGES[1:]:
        whole.declare_translated(language)
    whole.save()
    Article.objects.create(code="A-2", title_lt="x", review_on=TODAY)
    Article.objects.create(code="A-3", title_lt="x", live=False)
    measure(since=JULY)
    assert figures("S09") == figures("S17") == {"month 2026-11-01": (1, 2), "quarter 2026-10-01": (1, 2)}


def test_measuring_twice_writes_nothing_new() -> None:
    records.standard("S13", "satisfied_share")
    records.rating(JULY, 5)
    measure(since=JULY)
    before = list(Measurement.objects.values())
    measure(since=JULY)
    assert list(Measurement.objects.values()) == before


def test_what_came_late_is_a_correction_beside_the_old_figure() -> None:
    records.standard("S13", "satisfied_share")
    records.rating(JULY, 5)
    measure(since=JULY)
    records.rating(JULY, 1)
    measure(since=JULY)
    assert figures("S13")["month 2026-07-01"] == (1, 2)
    assert Measurement.objects.exclude(superseded_at=None).count() == 2


def test_what_nothing_can_count_stays_unmeasured() -> None:
    records.standard("S99", "smiles")
    records.consultation(JULY)
    assert measure(since=JULY) == 0
    assert not Measurement.objects.exists()


def test_figures_of_a_demonstration_are_marked() -> None:
    records.standard("S13", "satisfied_share")
    records.rating(JULY, 5)
    Municipality.objects.create(name_lt="x", short_name_lt="x", is_demonstration=True)
    measure(since=JULY)
    assert all(row.is_demo for row in Measurement.objects.all())


def test_every_night_and_on_demand() -> None:
    records.standard("S13", "satisfied_share")
    records.rating(OCTOBER, 5)
    next(each for each in rounds() if each.name == "measurements").work()
    assert figures("S13") == {"month 2026-10-01": (1, 1)}
    records.rating(JULY, 5)
    call_command("measure", since=JULY, verbosity=0)
    assert figures("S13")["quarter 2026-07-01"] == (1, 1)
