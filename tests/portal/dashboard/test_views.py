"""The manager's page: who may see it, what it counts, what it keeps back, and what it costs."""

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

from charter.feedback.models import PageVote
from charter.models import Role
from chat.models import Channel, Found
from kb.models import Topic
from portal.core import charts
from portal.dashboard import counting
from portal.dashboard.measure import measure
from portal.dashboard.periods import moment
from tests import people
from tests.portal.dashboard import records

JULY, AUGUST, SEPTEMBER = dt.date(2026, 7, 10), dt.date(2026, 8, 10), dt.date(2026, 9, 10)
PAGE = "/en/dashboard/"
pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def _frozen() -> Iterator[None]:
    with time_machine.travel(dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC), tick=False):
        yield


def heads(client: Client, **parameters: str) -> dict[str, str]:
    return {head.name: head.value for head in client.get(PAGE, parameters).context["heads"]}


def groups(client: Client, **parameters: str) -> dict[str, str]:
    return {row.name: row.said for row in client.get(PAGE, parameters).context["groups"]}


def cells(client: Client, **parameters: str) -> list[dict[str, str]]:
    text = client.get(f"{PAGE}figures.csv", parameters).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_a_stranger_signs_in_first_and_a_consultant_is_told_that_it_is_not_theirs(client: Client) -> None:
    assert client.get(PAGE).status_code == 302
    client.force_login(people.bob())
    assert client.get(PAGE).status_code == client.get(f"{PAGE}figures.csv").status_code == 403


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SUPERVISOR, Role.ADMINISTRATOR])
def test_who_answers_for_the_work_may_see_it(client: Client, role: str) -> None:
    client.force_login(people.staff("Vida", role))
    assert client.get(PAGE).status_code == 200


def test_the_five_counts_are_what_can_be_counted_by_hand(mona: Client) -> None:
    for opened in ("article", "article", ""):
        records.search(JULY, opened_kind=opened)
    records.search(JULY, opened_kind="service", led_to_consultation=True)
    records.search(JULY, reader="consultant")
    records.search(AUGUST)
    records.consultation(JULY)
    records.consultation(JULY, channel=Channel.PHONE)
    records.abandoned(JULY)
    records.ratings(JULY, 45, 5)
    assert heads(mona, period="2026-07") == {
        "Searches": "4",
        "Found something": "50\N{NO-BREAK SPACE}%",
        "Asked us": "3",
        "Got an answer": "67\N{NO-BREAK SPACE}%",
        "Content with our help": "90\N{NO-BREAK SPACE}%",
    }


def test_todays_conversation_is_counted_in_the_month_that_runs(mona: Client) -> None:
    records.consultation(dt.date(2026, 11, 25))
    records.rating(dt.date(2026, 11, 25), 5)
    shown = heads(mona, period="2026-11")
    assert shown["Asked us"] == "1"
    assert shown["Content with our help"] == "–"


def test_a_quarter_is_its_three_months(mona: Client) -> None:
    for day in (JULY, AUGUST, SEPTEMBER, dt.date(2026, 10, 1)):
        records.consultation(day)
    assert heads(mona, period="2026-Q3")["Asked us"] == "3"


def test_what_no_address_may_ask_for_is_the_last_whole_month(mona: Client) -> None:
    for code in ("", "2026-13", "2019-01", "2026-10-05"):
        assert mona.get(PAGE, {"period": code}).context["scope"].period.code == "2026-10"


def test_the_change_says_how_many_more_than_before(mona: Client) -> None:
    records.consultation(JULY)
    for _ in range(3):
        records.consultation(AUGUST)
    head = next(h for h in mona.get(PAGE, {"period": "2026-08"}).context["heads"] if h.name == "Asked us")
    assert (head.change, head.turn) == ("2 more than in the period before", "up")


def test_small_groups_are_kept_back_with_whoever_would_give_them_away(mona: Client) -> None:
    for language, good, bad in (("lt", 90, 10), ("ru", 60, 10), ("uk", 4, 3), ("en", 12, 3)):
        records.ratings(JULY, good, bad, language=language)
        records.ratings(AUGUST, good, bad, language=language)
    said = groups(mona, period="2026-07", by="language")
    assert said["Lithuanian"] == "90\N{NO-BREAK SPACE}%"
    assert said["Ukrainian"] == said["English"] == "kept back"


def test_few_answers_are_said_in_words(mona: Client) -> None:
    records.ratings(JULY, 60, 10, language="lt")
    records.ratings(JULY, 40, 4, language="ru")
    records.ratings(JULY, 12, 3, language="en")
    said = groups(mona, period="2026-07", by="language")
    assert (said["Russian"], said["English"]) == ("most are content", "too few answers")


def test_the_file_says_no_more_than_the_page(mona: Client) -> None:
    records.ratings(JULY, 90, 10, language="lt")
    records.ratings(JULY, 5, 2, language="uk")
    records.ratings(JULY, 20, 5, language="ru")
    shown = {row["group"]: row for row in cells(mona, period="2026-07", by="language")}
    assert (shown["Lithuanian"]["value"], shown["Lithuanian"]["of"]) == ("90", "100")
    assert shown["Ukrainian"]["value"] == shown["Russian"]["value"] == shown["Russian"]["of"] == ""


def test_the_workbook_holds_what_the_file_holds(mona: Client) -> None:
    records.ratings(JULY, 45, 5)
    records.consultation(JULY)
    answer = mona.get(f"{PAGE}figures.xlsx", {"period": "2026-07"})
    header, *lines = load_workbook(io.BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True)
    as_text = [["" if value is None else str(value) for value in line] for line in lines]
    assert as_text == [list(row.values()) for row in cells(mona, period="2026-07")]
    assert header[:3] == ("period", "institution", "figure")


def test_the_manager_of_one_institution_sees_that_institution(client: Client) -> None:
    kspc, dane = records.institution("kspc"), records.institution("dane")
    client.force_login(people.mona(kspc))
    for place, many in ((kspc, 2), (dane, 3), (None, 4)):
        for _ in range(many):
            records.consultation(JULY, institution=place)
    records.ratings(JULY, 50, 10, institution=kspc)
    records.ratings(JULY, 10, 50, institution=dane)
    records.search(JULY)
    for asked in ("", "dane"):
        shown = heads(client, period="2026-07", institution=asked)
        assert shown["Asked us"] == "2"
        assert shown["Content with our help"] == "83\N{NO-BREAK SPACE}%"
        assert "Searches" not in shown
    assert "DANE" not in client.get(PAGE).content.decode()


def test_promises_of_an_institution_are_its_own_figures(client: Client) -> None:
    kspc, dane = records.institution("kspc"), records.institution("dane")
    records.standard("S02", "first_reply_within_seconds", promised=60)
    for _ in range(40):
        records.consultation(JULY, institution=kspc)
        records.consultation(JULY, institution=dane, first_reply_seconds=90)
    measure(since=JULY)
    client.force_login(people.mona(dane))
    (line,) = client.get(PAGE, {"period": "2026-07"}).context["shown"].lines
    assert (line.result.numerator, line.result.denominator, line.verdict) == (0, 40, "not_kept")


def test_one_institution_chosen_out_of_several_is_the_only_breakdown(mona: Client) -> None:
    kspc, dane = records.institution("kspc"), records.institution("dane")
    records.ratings(JULY, 50, 10, institution=kspc)
    records.ratings(JULY, 55, 5, institution=dane)
    assert set(groups(mona, period="2026-07", institution="kspc", by="language")) == {"KSPC", "DANE"}
    assert heads(mona, period="2026-07", institution="kspc")["Content with our help"] == "83\N{NO-BREAK SPACE}%"


def test_a_language_that_waits_too_long_is_named(mona: Client) -> None:
    for _ in range(30):
        records.consultation(JULY, language="lt", waited_seconds=20)
        records.consultation(JULY, language="ru", waited_seconds=30)
    warning = mona.get(PAGE, {"period": "2026-07"}).context["wait_warning"]
    assert warning == "People who write in Russian wait 1.5 times as long as the others."


def test_gaps_are_what_three_people_looked_for_in_vain(mona: Client) -> None:
    for words in ("Laidojimas", "laidojimas", "laidojimas ", "vienas"):
        records.search(JULY, words=words.strip(), results=0)
    for _ in range(3):
        records.search(JULY, words="eilė", results=4)
        records.search(JULY, words="šildymas", results=4, opened_kind="article")
    sought = mona.get(PAGE, {"period": "2026-07"}).context["shown"].gaps.sought
    assert [(row.words, row.times, row.in_vain) for row in sought] == [("laidojimas", 3, 3), ("eilė", 3, 0)]


def test_gaps_are_answers_not_found_and_pages_called_not_useful(mona: Client) -> None:
    topic = Topic.objects.create(code="bustas", name_lt="Būstas", name_en="Housing")
    for found in (Found.NO, Found.NO, Found.NO, Found.YES, Found.NOT_NEEDED):
        records.wrapped_up(records.consultation(JULY), found=found, topic=topic)
    for number in range(4):
        PageVote.objects.create(
            page_kind="article",
            page_code="A-001",
            language="lt",
            is_useful=number == 3,
            key=f"00000000-0000-4000-8000-00000000000{number}",
            at=moment(JULY),
        )
    gaps = mona.get(PAGE, {"period": "2026-07"}).context["shown"].gaps
    assert [(row.title, row.no, row.of) for row in gaps.unanswered] == [("Housing", 3, 4)]
    assert [(row.title, row.no, row.of) for row in gaps.unhelpful] == [("A-001", 3, 4)]


def test_generated_figures_are_marked_and_real_ones_are_not(mona: Client) -> None:
    records.consultation(JULY)
    assert "Demonstration data" not in mona.get(PAGE, {"period": "2026-07"}).content.decode()
    records.consultation(JULY, is_demo=True)
    assert "Demonstration data" in mona.get(PAGE, {"period": "2026-07"}).content.decode()


def test_the_page_draws_no_wider_than_its_words() -> None:
    """A name too long for its line is broken in two and never runs into what is said beside it."""
    long = "Būsto šildymo, karšto ir geriamojo vandens išlaidų kompensacija"
    chart = charts.bars([charts.Value(long, "too few answers", None), charts.Value("Trumpa", "81 %", 0.81)])
    assert [len(bar.labels) for bar in chart.bars] == [2, 1]
    wide = charts.bars([charts.Value("Допомога людям з України", "замало відповідей", None)])
    assert [label.text for label in wide.bars[0].labels] == ["Допомога людям з", "України"]
    assert all(len(label.text) * charts.LETTER < charts.WIDTH for bar in chart.bars for label in bar.labels)


def test_an_empty_portal_has_a_page_too(mona: Client) -> None:
    page = mona.get(PAGE)
    assert page.status_code == 200
    assert page["Cache-Control"].startswith(("no-store", "private"))


def test_the_course_of_a_promise_needs_two_periods(mona: Client) -> None:
    records.standard("S02", "first_reply_within_seconds", promised=60)
    for day in (JULY, AUGUST, SEPTEMBER):
        for _ in range(30):
            records.consultation(day)
    measure(since=JULY)
    page = mona.get(PAGE, {"period": "2026-09", "trend": "S02"})
    assert len(page.context["trend"].names) == 3
    assert mona.get(PAGE, {"period": "2026-Q3"}).context["trend"] is None


@pytest.mark.parametrize("by", ["service", "institution", "channel", "language"])
@pytest.mark.parametrize("is_counted", [True, False])
def test_the_page_asks_the_database_so_often_and_not_oftener(
    mona: Client, by: str, is_counted: bool, django_assert_max_num_queries: Any
) -> None:
    records.standard("S13", "satisfied_share")
    for code in ("kspc", "dane"):
        records.ratings(JULY, 30, 10, institution=records.institution(code))
        records.consultation(JULY, institution=records.institution(code))
        records.search(JULY)
    measure(since=JULY)
    if is_counted:
        counting.count(since=dt.date(2026, 6, 1))
    mona.get(PAGE)
    with django_assert_max_num_queries(16 if is_counted else 17):
        mona.get(PAGE, {"period": "2026-07", "by": by})


def test_januarys_page_in_february_and_in_october_keep_the_same_back(mona: Client) -> None:
    """A town that grows: what protected a small group when January was published protects it for ever."""
    for day, sizes in (
        (dt.date(2026, 1, 20), (90, 24, 7)),
        (dt.date(2026, 2, 20), (80, 30, 11)),
        (dt.date(2026, 3, 20), (10, 60, 40)),
    ):
        for language, many in zip(("lt", "ru", "uk"), sizes, strict=True):
            records.ratings(day, many, 0, language=language)
    seen = []
    for month, first in ((2, 1), (3, 1), (10, 10)):
        with time_machine.travel(dt.datetime(2026, month, first, 9, tzinfo=dt.UTC), tick=False):
            mona.force_login(people.mona())
            seen.append(groups(mona, period="2026-01", by="language"))
            quarter = groups(mona, period="2026-Q1", by="language")
    assert seen[0] == seen[1] == seen[2]
    assert seen[0]["Ukrainian"] == seen[0]["Russian"] == "kept back"
    assert quarter["Ukrainian"] == quarter["Russian"] == "kept back"  # else January follows from February and March
    assert quarter["Lithuanian"] == "100\N{NO-BREAK SPACE}%"
