"""The six sheets: who may see them, what they count, what they keep back, and what they cost."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from openpyxl import load_workbook

from charter.models import Role
from chat.models import Channel, Found, Outcome
from portal.dashboard import counting
from portal.dashboard.measure import measure
from portal.dashboard.sheets import KINDS
from tests import people
from tests.portal.dashboard import records

JULY, AUGUST = dt.date(2026, 7, 10), dt.date(2026, 8, 10)
NBSP = "\N{NO-BREAK SPACE}"
pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def _frozen() -> Iterator[None]:
    with time_machine.travel(dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC), tick=False):
        yield


def path(code: str) -> str:
    return f"/en/dashboard/sheets/{code}/"


def heads(client: Client, code: str, **parameters: str) -> dict[str, str]:
    return {head.name: head.value for head in client.get(path(code), parameters).context["heads"]}


def groups(client: Client, code: str, **parameters: str) -> dict[str, dict[str, str]]:
    page = client.get(path(code), parameters).context
    return {row.name: {name: said for said, _under, name in row.cells} for row in page["groups"]}


def needs(client: Client, code: str, **parameters: str) -> list[str]:
    return [need.text for need in client.get(path(code), parameters).context["sheet"].needs]


def cells(client: Client, code: str, **parameters: str) -> list[dict[str, str]]:
    text = client.get(f"{path(code)}figures.csv", parameters).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("code", KINDS)
def test_only_who_answers_for_the_work_sees_a_sheet(client: Client, code: str) -> None:
    assert client.get(path(code)).status_code == 302
    client.force_login(people.bob())
    assert client.get(path(code)).status_code == client.get(f"{path(code)}figures.csv").status_code == 403
    client.force_login(people.staff("Vida", Role.SUPERVISOR))
    page = client.get(path(code))
    assert page.status_code == 200
    assert page["Cache-Control"].startswith(("no-store", "private"))


@pytest.mark.parametrize("code", KINDS)
def test_every_sheet_speaks_every_language_in_one_process(mona: Client, code: str) -> None:
    answers = {mona.get(f"/{language}/dashboard/sheets/{code}/").status_code for language in ("lt", "ru", "en", "uk")}
    assert answers == {200}


def test_a_sheet_that_is_none_and_a_file_of_another_form_are_not_there(mona: Client) -> None:
    assert mona.get(path("salaries")).status_code == 404
    assert mona.get(f"{path('charter')}figures.exe").status_code == 404


def test_contact_centre_figures_are_what_can_be_counted_by_hand(mona: Client) -> None:
    records.standard("S01", "answered_within_seconds", promised=20)
    for seconds in (10,) * 20 + (30,) * 12:
        records.consultation(JULY, channel=Channel.PHONE, waited_seconds=seconds)
    for _ in range(4):
        records.abandoned(JULY, channel=Channel.PHONE, waited_seconds=60)
    for _ in range(9):
        records.abandoned(JULY, channel=Channel.PHONE, waited_seconds=3)
    shown = heads(mona, "consultations", period="2026-07")
    assert shown["Consultations"] == "45"
    assert shown["Calls answered in time"] == f"56{NBSP}%"  # 20 of 36: who hung up at once is not counted
    assert shown["Left before an answer"] == f"11{NBSP}%"  # 4 of 36
    assert shown["Average wait"] == "18 s"  # (20 × 10 + 12 × 30) / 32
    assert shown["Average length with its wrap-up"] == "8.8 min"


def test_what_the_wrap_up_says_is_counted_by_hand(mona: Client) -> None:
    for found, outcome in ((Found.YES, Outcome.ANSWERED),) * 24 + ((Found.NO, Outcome.UNANSWERED),) * 8:
        records.wrapped_up(records.consultation(JULY), outcome, found)
    for _ in range(5):
        records.wrapped_up(records.consultation(JULY), found=Found.NOT_NEEDED)
    shown = heads(mona, "consultations", period="2026-07")
    assert shown["Settled at the first contact"] == f"78{NBSP}%"  # 29 of 37
    assert shown["Found in the knowledge base"] == f"75{NBSP}%"  # 24 of 32
    assert shown["With an article"] == f"0{NBSP}%"


def test_a_promise_changed_in_the_middle_of_a_month_counts_on_both_sides(mona: Client) -> None:
    old = records.standard("S01", "answered_within_seconds", promised=20)
    new = records.standard("S02", "answered_within_seconds", promised=60)
    type(old).objects.filter(pk=old.pk).update(valid_until=dt.date(2026, 7, 15))
    type(new).objects.filter(pk=new.pk).update(valid_from=dt.date(2026, 7, 16))
    for day in (dt.date(2026, 7, 15), dt.date(2026, 7, 16)):
        for _ in range(20):
            records.consultation(day, channel=Channel.PHONE, waited_seconds=40)
    assert heads(mona, "consultations", period="2026-07")["Calls answered in time"] == f"50{NBSP}%"


def test_what_needs_attention_stands_first(mona: Client) -> None:
    records.standard("S01", "answered_within_seconds", promised=20, target=0.8)
    for language, seconds, many in (("lt", 10, 80), ("ru", 90, 40)):
        for _ in range(many):
            records.consultation(JULY, channel=Channel.PHONE, waited_seconds=seconds, language=language)
    found = needs(mona, "consultations", period="2026-07")
    assert found[0] == f"Calls answered in time: 67{NBSP}%, promised 80{NBSP}%."
    assert f"Calls answered in time, Russian: 0{NBSP}%, clearly worse than the whole (67{NBSP}%)." in found


def test_offices_whose_intervals_overlap_are_not_told_apart_and_nobody_is_ranked(mona: Client) -> None:
    for code, good, bad in (("kspc", 40, 20), ("dane", 33, 20)):
        records.ratings(JULY, good, bad, institution=records.institution(code))
    page = mona.get(path("satisfaction"), {"period": "2026-07", "by": "institution"})
    assert needs(mona, "satisfaction", period="2026-07", by="institution") == []
    assert [row.name for row in page.context["groups"]] == ["KSPC", "DANE"]  # by how many answered
    assert "Bob" not in page.content.decode()


def test_the_period_that_runs_shows_nothing_yet(mona: Client) -> None:
    records.ratings(dt.date(2026, 11, 20), 60, 10)
    page = mona.get(path("satisfaction"), {"period": "2026-11"})
    assert {head.value for head in page.context["heads"]} == {"–"}
    assert {head.note for head in page.context["heads"]} == {"Shown when the period is over"}


def test_the_page_the_files_and_the_data_say_the_same(mona: Client) -> None:
    for language, good, bad in (("lt", 90, 10), ("ru", 60, 10), ("uk", 4, 3), ("en", 12, 3)):
        records.ratings(JULY, good, bad, language=language)
    asked = {"period": "2026-07", "by": "language"}
    said = groups(mona, "satisfaction", **asked)
    assert said["Lithuanian"]["Content with our help"] == f"90{NBSP}%"
    assert said["Ukrainian"]["Content with our help"] == "kept back"
    table = {(row["figure"], row["group"]): row for row in cells(mona, "satisfaction", **asked)}
    assert table["satisfaction.content.by_language", "Lithuanian"]["value"] == "90"
    assert table["satisfaction.content.by_language", "Ukrainian"]["value"] == ""
    data = mona.get(f"{path('satisfaction')}figures.json", asked).json()["figures"]
    assert [(row["figure"], row["value"]) for row in data] == [
        (row["figure"], int(row["value"]) if row["value"] else None) for row in cells(mona, "satisfaction", **asked)
    ]
    book = load_workbook(io.BytesIO(mona.get(f"{path('satisfaction')}figures.xlsx", asked).content))
    assert book.active is not None
    assert book.active.max_row == len(data) + 1


def test_a_manager_of_one_institution_sees_only_their_own(client: Client) -> None:
    kspc, dane = records.institution("kspc"), records.institution("dane")
    records.ratings(JULY, 60, 20, institution=kspc)
    records.ratings(JULY, 10, 90, institution=dane)
    client.force_login(people.mona(kspc))
    assert heads(client, "satisfaction", period="2026-07")["Content with our help"] == f"75{NBSP}%"
    assert list(groups(client, "satisfaction", period="2026-07", by="institution")) == ["KSPC"]
    for code in KINDS:
        asked = {"period": "2026-07", "institution": "dane"}
        assert client.get(path(code), asked).status_code == 404
        assert client.get(f"{path(code)}figures.csv", asked).status_code == 404


def test_searches_belong_to_no_institution(client: Client) -> None:
    for _ in range(40):
        records.search(JULY, opened_kind="article")
    client.force_login(people.mona(records.institution("kspc")))
    assert "Searches" not in heads(client, "knowledge", period="2026-07")
    client.force_login(people.staff("Zita", Role.MANAGER))
    assert heads(client, "knowledge", period="2026-07")["Found something"] == f"100{NBSP}%"


def test_the_charter_says_what_was_kept_and_what_waits_for_a_word(mona: Client) -> None:
    records.standard("S02", "first_reply_within_seconds", promised=60)
    for _ in range(60):
        records.consultation(JULY, first_reply_seconds=300)
    measure(since=JULY)
    shown = heads(mona, "charter", period="2026-07")
    assert (shown["Kept"], shown["Not kept"]) == ("0", "1")
    assert needs(mona, "charter", period="2026-07") == ["1 missed promise is not explained yet."]
    listed = [row for row in cells(mona, "charter", period="2026-07") if row["figure"] == "charter.promise"]
    assert {"Not kept", "0.0"} <= {row["value"] for row in listed}


# How many questions to the database while nothing is counted, and when everything is.
BUDGET = dict.fromkeys(KINDS, (12, 12)) | {"knowledge": (22, 18)}


@pytest.mark.parametrize("code", KINDS)
@pytest.mark.parametrize("is_counted", [True, False])
def test_a_sheet_asks_the_database_so_often_and_not_oftener(
    mona: Client, code: str, is_counted: bool, django_assert_max_num_queries: Any
) -> None:
    records.standard("S13", "satisfied_share")
    for office in ("kspc", "dane"):
        place = records.institution(office)
        records.ratings(JULY, 30, 10, institution=place)
        records.wrapped_up(records.consultation(JULY, institution=place))
        records.search(JULY)
    measure(since=JULY)
    if is_counted:
        counting.count(since=dt.date(2025, 6, 1))
    mona.get(path(code))
    with django_assert_max_num_queries(BUDGET[code][is_counted]):
        mona.get(path(code), {"period": "2026-07", "by": KINDS[code].dimensions[-1].value})


def test_what_staff_entered_is_told_from_what_residents_did(mona: Client) -> None:
    records.ratings(JULY, 60, 0)
    records.ratings(JULY, 20, 40, channel="paper", entry_kind="staff")
    said = groups(mona, "satisfaction", period="2026-07", by="entry")
    assert {name: row["Content with our help"] for name, row in said.items()} == {
        "By the resident": f"100{NBSP}%",
        "Entered by staff": f"33{NBSP}%",
    }
