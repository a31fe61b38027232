"""What ends or must be repeated soon is on the list, in its stretch, until something follows."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from portal.registry.models import Post, Programme, Recipient
from portal.registry.programmes import actions as programmes
from portal.registry.reports.due import act_by, due, grouped
from tests.portal.registry.conftest import CENTRE, MakePlan, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
TODAY = dt.date(2026, 11, 25)
DAY = dt.timedelta(days=1)


def paper(person: Recipient, days: int) -> Any:
    return person.papers.create(kind="disability", expires_on=TODAY + days * DAY)


@pytest.mark.parametrize(("days", "place"), [(-400, None), (-1, 0), (0, 1), (14, 1), (15, 2), (30, 2), (31, None)])
def test_a_document_falls_in_its_stretch(hanna: Post, alice: Recipient, days: int, place: int | None) -> None:
    paper(alice, days)
    places = [at for at, (_label, found) in enumerate(grouped(due(hanna))) if found]
    assert places == ([] if place is None else [place])


def test_a_replaced_document_is_not_due(hanna: Post, alice: Recipient) -> None:
    old = paper(alice, 3)
    type(old).objects.filter(pk=old.pk).update(is_replaced=True)
    assert due(hanna) == []


def test_a_programme_is_due_until_another_follows(hanna: Post, programme: Programme, plan: MakePlan) -> None:
    Programme.objects.filter(pk=programme.pk).update(runs_until=TODAY + 5 * DAY)
    assert [one.what for one in due(hanna)] == [programme.number]
    follows = plan(since=TODAY + 6 * DAY, until=TODAY + 99 * DAY)
    draft = programmes.draft(programme.recipient, follows, case=programme.case, by=hanna)
    assert len(due(hanna)) == 1  # a draft is no programme yet
    programmes.sign(draft, by=hanna)
    assert due(hanna) == []


def test_what_was_ended_on_purpose_is_not_due(hanna: Post, programme: Programme) -> None:
    programmes.end(programme, last_day=TODAY, reason="moved away", by=hanna)
    assert due(hanna) == []


def test_what_falls_on_a_weekend_is_to_be_done_before() -> None:
    assert act_by(dt.date(2026, 11, 29)) == act_by(dt.date(2026, 11, 28)) == dt.date(2026, 11, 27)
    assert act_by(dt.date(2026, 11, 30)) == dt.date(2026, 11, 30)


def test_a_worker_sees_their_own_people_and_the_head_all(
    at: Callable[[Post], Client], daiva: Post, hanna: Post, alice: Recipient
) -> None:
    mine = Recipient.objects.create(name="Petras", department=CENTRE, worker=daiva)
    paper(alice, 3)
    paper(mine, 3)
    html = at(daiva).get("/en/registry/due/").content.decode()
    assert "Petras" in html
    assert "Alice" not in html
    assert "Alice" in at(hanna).get("/en/registry/due/").content.decode()
    assert at(daiva).get(f"/en/registry/due/?worker={hanna.user_id}").status_code == 403


def test_another_departments_people_are_not_on_the_list(alice: Recipient) -> None:
    paper(alice, 3)
    assert due(post("Dan", "head", "Vaiko gerovės centras")) == []


def test_the_list_costs_the_same_for_many(
    at: Callable[[Post], Client], hanna: Post, alice: Recipient, django_assert_max_num_queries: Any
) -> None:
    browser = at(hanna)
    for _ in range(12):
        paper(alice, 3)
    browser.get("/en/registry/due/")
    with django_assert_max_num_queries(12):
        browser.get("/en/registry/due/")
