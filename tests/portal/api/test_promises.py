"""Promises and their results for programs: small numbers stay hidden, versions say what they changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

from charter.actions import Explanation, explain_measurement, record_measurement
from charter.models import Charter, Institution, Measurement, PeriodKind, ServiceStandard
from portal.api import changes, downloads
from portal.core import audit
from tests.factories.charter import QUARTER, charter, commitment, institution, standard

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
FIGURES = ("kept", "of", "value", "low", "high")


@pytest.fixture(autouse=True)
def _frozen() -> Iterator[None]:
    with time_machine.travel(dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC), tick=False):
        yield


def get(path: str, **query: Any) -> Any:
    answer = Client().get(f"/api/v1/{path}", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def counted(of: int, *, at: Institution | None = None, kept: int | None = None, under: str = "S08") -> Measurement:
    return record_measurement(
        ServiceStandard.objects.get(code=under),
        institution=at,
        period_kind=PeriodKind.QUARTER,
        period_start=QUARTER,
        numerator=of if kept is None else kept,
        denominator=of,
        by=audit.SYSTEM,
    )


def test_nine_cases_are_null_and_it_says_why() -> None:
    standard()
    counted(9)
    (row,) = get("measurements")["items"]

    assert [row[name] for name in FIGURES] == [None] * 5
    assert row["suppressed"] == "too_few_cases"
    assert row["reason"] == row["action"] == {}


def test_a_hundred_cases_come_with_their_interval() -> None:
    standard()
    counted(100, kept=87)
    (row,) = get("measurements")["items"]

    assert (row["kept"], row["of"], row["value"]) == (87, 100, 0.87)
    assert row["low"] < 0.87 < row["high"]
    assert row["suppressed"] is None
    assert row["code"] == "S08:2026-Q3"


def test_the_citys_total_does_not_give_a_small_institution_away() -> None:
    standard()
    places = {code: institution(code) for code in ("kspc", "gerove", "lakstute")}
    for code, of in (("kspc", 60), ("gerove", 30), ("lakstute", 5)):
        counted(of, at=places[code])
    counted(95)
    rows = {row["institution"]: row for row in get("measurements")["items"]}

    assert rows["lakstute"]["of"] is None
    assert rows["gerove"]["of"] is None
    assert rows["gerove"]["suppressed"] == "too_few_cases"
    assert rows["kspc"]["of"] == 60


@pytest.mark.parametrize("path", ["measurements?institution=lakstute", "standards/S08", "charter"])
def test_no_other_address_says_what_a_list_hides(path: str) -> None:
    standard()
    counted(7, at=institution("lakstute"), kept=3)
    counted(7, kept=3)
    text = Client().get(f"/api/v1/{path}").content.decode()

    assert '"of": 7' not in text
    assert '"kept": 3' not in text


def test_the_archive_hides_it_too(shelf: Any) -> None:
    standard()
    counted(7, kept=3)
    downloads.make()

    assert b'"of":7' not in (downloads.content("parama.zip") or b"")
    assert get("measurements")["items"][0]["of"] is None


def test_why_a_promise_was_missed_is_said_in_every_language() -> None:
    standard()
    measurement = counted(100, kept=50)
    explain_measurement(
        measurement,
        Explanation(reason={"lt": "Trūko žmonių", "en": "Too few people"}, action={"lt": "Priimame"}),
        by=audit.SYSTEM,
    )
    (row,) = get("measurements")["items"]
    (english,) = get("measurements", language="en")["items"]

    assert row["reason"] == {"lt": "Trūko žmonių", "en": "Too few people"}
    assert english["reason"] == {"en": "Too few people"}
    assert english["action"] == {}


def test_measurements_are_found_by_standard_institution_and_quarter() -> None:
    standard()
    standard("S01")
    counted(50, at=institution())
    counted(50)
    counted(40, under="S01")

    assert get("measurements")["count"] == 3
    assert get("measurements", standard="S01")["count"] == 1
    assert get("measurements", institution="city")["count"] == 2
    assert get("measurements", institution="kspc", period="2026-Q3")["count"] == 1
    assert get("measurements", period="2025-Q1")["count"] == 0


def test_only_figures_that_changed_since_are_given() -> None:
    standard()
    standard("S01")
    counted(50)
    counted(40, under="S01")
    changes.note()
    since = get("measurements")["as_of"]
    counted(60)
    with time_machine.travel(dt.datetime(2026, 11, 25, 13, tzinfo=dt.UTC), tick=False):
        changes.note()
    found = get("measurements", changed_since=since)

    assert [(row["standard"], row["of"]) for row in found["items"]] == [("S08", 60)]
    assert found["items"][0]["changed_at"] == found["as_of"]
    assert found["gone"] == []


def test_figures_older_than_the_pages_show_are_still_there() -> None:
    standard(valid_from=dt.date(2020, 1, 1))
    record_measurement(
        ServiceStandard.objects.get(code="S08"),
        period_kind=PeriodKind.QUARTER,
        period_start=dt.date(2021, 1, 1),
        numerator=80,
        denominator=90,
        by=audit.SYSTEM,
    )

    assert [row["period"] for row in get("measurements")["items"]] == ["2021-Q1"]


def test_a_version_says_what_it_changed() -> None:
    old = standard("S08", promised_value=20, valid_until=dt.date(2026, 10, 31)).commitment.charter
    Charter.objects.filter(pk=old.pk).update(in_force_until=dt.date(2026, 10, 31))
    new = charter("2026-2", in_force_from=dt.date(2026, 11, 1))
    promise = commitment("C08", charter=new, text_lt="Sprendžiame per 15 dienų", text_en="We decide within 15 days")
    standard("S08b", commitment=promise, promised_value=15, valid_from=dt.date(2026, 11, 1))
    found = get("charters/2026-2/changes", language="en")

    assert [each["code"] for each in get("charters")["items"]] == ["2026-2", "2026-1"]
    assert (found["before"], found["code"]) == ("2026-1", "2026-2")
    assert found["changes"] == [
        {
            "kind": "promise",
            "code": "C08",
            "before": "We decide within 20 days",
            "after": "We decide within 15 days",
        }
    ]
    assert [(term["before"], term["after"]) for term in found["terms"]] == [(20, 15)]


def test_the_first_version_changed_nothing() -> None:
    charter()

    assert Client().get("/api/v1/charters/2026-1/changes").status_code == 404


def test_where_no_charter_is_in_force_there_is_none() -> None:
    charter(in_force_from=dt.date(2027, 1, 1))

    assert Client().get("/api/v1/charter").status_code == 404
    assert get("charters")["count"] == 1
