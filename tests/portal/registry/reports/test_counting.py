"""A month in figures: what was planned, what was done, and who may see whose."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from portal.registry.models import Post, Programme
from portal.registry.programmes import actions as programmes
from portal.registry.reports import counting
from portal.registry.visits import actions as visits
from tests.portal.registry.conftest import CENTRE, MakeEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
NOVEMBER = dt.date(2026, 11, 1)


@pytest.fixture
def worked(entry: MakeEntry, daiva: Post, hanna: Post, programme: Programme) -> Programme:
    """Three visits of Daiva in November; the programme stands still from the 16th to the 30th."""
    in_vain = {"outcome": "nobody_opened", "services": (), "minutes": 10}
    days: list[tuple[int, dict[str, Any]]] = [(2, {}), (4, {}), (6, in_vain)]
    for day, how in days:
        sent = entry(client_id=uuid4(), started_at=dt.datetime(2026, 11, day, 7, tzinfo=dt.UTC), **how)
        visits.record(sent, worker=daiva.user, by=daiva)
    first, last = dt.date(2026, 11, 16), dt.date(2026, 11, 30)
    programmes.suspend(programme, since=first, until=last, reason="in hospital", by=hanna)
    return programme


def test_planned_against_done(worked: Programme, daiva: Post) -> None:
    # Monday, Wednesday and Friday from the 2nd to the 13th are six.
    for report in (counting.of_worker(CENTRE, daiva.user, NOVEMBER), counting.of_department(CENTRE, NOVEMBER)):
        line = report.total
        assert (line.planned, line.done, line.in_vain, line.missed, line.minutes) == (6, 2, 1, 3, 120)
        assert [(one.service.code, one.times, one.minutes) for one in report.services] == [("help", 2, 120)]


def test_lines_are_people_for_a_worker_and_workers_for_the_department(worked: Programme, daiva: Post) -> None:
    assert [line.name for line in counting.of_worker(CENTRE, daiva.user, NOVEMBER).lines] == ["Alice"]
    assert [line.name for line in counting.of_department(CENTRE, NOVEMBER).lines] == ["Daiva"]


def test_a_visit_struck_out_counts_no_more(worked: Programme, daiva: Post) -> None:
    visit = worked.visits.order_by("day").first()
    assert visit is not None
    visits.strike(visit, reason="wrong", by=daiva)
    assert counting.of_department(CENTRE, NOVEMBER).total.done == 1


def test_a_worker_sees_her_own_report_and_the_head_everybodys(
    at: Callable[[Post], Client], worked: Programme, daiva: Post, hanna: Post
) -> None:
    report = "/en/registry/report/"
    assert "Alice" in at(daiva).get(report).content.decode()
    assert at(daiva).get(f"{report}?worker={hanna.user_id}").status_code == 403
    assert "Daiva" in at(hanna).get(report).content.decode()
    assert "Alice" in at(hanna).get(f"{report}?worker={daiva.user_id}&month=2026-11").content.decode()
    assert at(hanna).get(f"{report}?worker=99999").status_code == 403
    for who in (daiva, hanna):
        assert at(who).get("/en/registry/report.xlsx").content.startswith(b"PK")


def test_a_report_costs_the_same_for_many(
    at: Callable[[Post], Client], worked: Programme, hanna: Post, django_assert_max_num_queries: Any
) -> None:
    browser = at(hanna)
    browser.get("/en/registry/report/")
    with django_assert_max_num_queries(13):
        browser.get("/en/registry/report/")
