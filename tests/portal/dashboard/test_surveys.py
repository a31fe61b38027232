"""A survey that is over measures the promise it asked about, and the figure leads to answers, never to a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from charter.feedback.models import Survey, SurveyState
from charter.models import Institution, Measurement, ServiceStandard
from portal.dashboard.measure import measure
from tests.factories import surveys
from tests.people import mona
from tests.portal.dashboard import records

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
SPRING = dt.date(2026, 7, 1)


@pytest.fixture(autouse=True)
def _frozen() -> Iterator[None]:
    with time_machine.travel(dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC), tick=False):
        yield


def promise(metric: str = "survey_share") -> ServiceStandard:
    return records.standard("S19", metric, target=0.7)


def over(names: str = "S19", *, area: str = "", until: dt.date = dt.date(2026, 8, 20), **fields: Any) -> Survey:
    """Its first question is about the promise or the area; it ended in August."""
    document = surveys.document()
    document["sections"][0]["questions"][0] |= {"standard": names, "area": area}
    document["sections"][1]["questions"][0] |= {"area": area}
    given = {"state": SurveyState.CLOSED, "opens_on": dt.date(2026, 7, 25), "closes_on": until, "document": document}
    return surveys.survey(**given | fields)


def figures(standard: ServiceStandard) -> dict[tuple[str, str], tuple[int, int, str]]:
    """By kind of period and institution."""
    measure(since=SPRING)
    found = Measurement.objects.filter(standard=standard, superseded_at=None).select_related("institution")
    return {
        (each.period_kind, each.institution.code if each.institution else ""): (
            each.numerator,
            each.denominator,
            each.verdict,
        )
        for each in found
    }


@pytest.mark.parametrize(
    ("good", "bad", "verdict"),
    [(5, 4, "nothing"), (10, 0, "too_few"), (29, 0, "too_few"), (30, 0, "kept"), (49, 0, "kept"), (10, 40, "not_kept")],
)
def test_a_survey_is_judged_as_every_share_is(good: int, bad: int, verdict: str) -> None:
    standard, survey = promise(), over()
    surveys.answered(survey, good, day=dt.date(2026, 7, 30), how="4")
    surveys.answered(survey, bad, day=dt.date(2026, 8, 2), how="3")
    assert figures(standard) == {(kind, ""): (good, good + bad, verdict) for kind in ("month", "quarter")}
    counted = Measurement.objects.get(standard=standard, period_kind="month")
    assert counted.period_start == dt.date(2026, 8, 1)  # whole, in the month of its last day


def test_a_sheet_counts_once_and_is_good_when_most_of_its_answers_are() -> None:
    standard, survey = promise("survey_area_share"), over("", area="accessibility")
    surveys.answered(survey, 20, how="5", ease="7")
    surveys.answered(survey, 15, how="5", ease="1")  # one good, one bad: not most
    surveys.answered(survey, 5, how="5")
    surveys.answered(survey, 3, where="home")  # said nothing about it
    assert figures(standard)["quarter", ""] == (25, 40, "not_yet_clear")


def test_where_no_question_names_the_promise_the_survey_may() -> None:
    standard = promise()
    survey = over("", standard=standard)
    surveys.answered(survey, 30, how="5", ease="7")
    other = over("", until=dt.date(2026, 9, 20))
    surveys.answered(other, 30, how="1")
    assert figures(standard)["quarter", ""][:2] == (30, 30)


def test_what_still_runs_is_not_counted_and_the_next_survey_stands_beside_the_first() -> None:
    standard, running = promise(), surveys.survey()
    surveys.answered(running, 50, how="5")
    assert figures(standard) == {}
    for until in (dt.date(2026, 8, 20), dt.date(2026, 9, 20)):
        surveys.answered(over(until=until), 20, how="5")
    assert figures(standard)["quarter", ""][:2] == (40, 40)


def test_an_institutions_few_are_not_told_from_the_city() -> None:
    kspc, dane = (records.institution(code) for code in ("kspc", "dane"))
    standard = promise()
    for place, many in ((kspc, 60), (dane, 6), (None, 30)):
        surveys.answered(over(institution=place), many, how="5")
    found = figures(standard)
    assert found["quarter", ""][:2] == (96, 96)
    assert ("quarter", "dane") not in found


def test_the_figure_is_explained_down_to_answers_and_not_to_sheets(client: Client) -> None:
    standard, survey = promise(), over(institution=Institution.objects.first())
    surveys.answered(survey, 40, how="5")
    surveys.answered(survey, 20, how="2")
    measure(since=SPRING)
    client.force_login(mona())
    figure = Measurement.objects.get(standard=standard, period_kind="quarter", institution=None)
    page = client.get(reverse("dashboard:measurement", args=[figure.pk])).content.decode()
    assert reverse("feedback:survey_results", args=[survey.public_id]) in page
    assert "How was it?" in page
    assert "Was it easy?" not in page
    assert "67\N{NO-BREAK SPACE}%" in page
    assert not any(str(sheet.pk) in page for sheet in survey.responses.all())


def test_too_few_are_said_to_be_too_few(client: Client) -> None:
    standard, survey = promise(), over()
    surveys.answered(survey, 12, how="5")
    measure(since=SPRING)
    client.force_login(mona())
    figure = Measurement.objects.get(standard=standard, period_kind="quarter", institution=None)
    page = client.get(reverse("dashboard:measurement", args=[figure.pk])).content.decode()
    assert "There are too few answers to show a figure." in page
    assert "100\N{NO-BREAK SPACE}%" not in page
