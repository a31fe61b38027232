"""The head learns what was planned and not done, and answers with a word. It is Wednesday, 25 November 2026."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache

from portal.core.models import AuditEntry
from portal.registry.models import AlertKind, Post, PostRole, Programme, Recipient
from portal.registry.programmes import actions as programmes
from portal.registry.refusals import Refused
from portal.registry.visits import actions as visits
from portal.registry.visits.actions import Done
from portal.registry.watch import actions
from portal.registry.watch.alerts import Alert, alerts
from tests.portal.registry.conftest import CENTRE, Catalogue, MakeEntry, browser, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen"), pytest.mark.postgres]
MONDAY, SUNDAY = dt.date(2026, 11, 16), dt.date(2026, 11, 22)
PAGE = "/en/registry/watch/"


def found(by: Post, kind: AlertKind, first: dt.date = MONDAY, last: dt.date = SUNDAY) -> list[Alert]:
    return [one for one in alerts(by, first, last) if one.kind == kind]


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    """By the town's clock, in November."""
    return dt.datetime(2026, 11, day, hour - 2, minute, tzinfo=dt.UTC)


def write(entry: Any, by: Post) -> Any:
    return visits.record(entry, worker=by.user, by=by).visit


def test_a_day_without_a_visit_is_missed_and_today_is_not_over(programme: Programme, hanna: Post) -> None:
    assert [one.day.day for one in found(hanna, AlertKind.MISSED)] == [20, 18, 16]
    late = found(hanna, AlertKind.MISSED, dt.date(2026, 11, 23), dt.date(2026, 11, 30))
    assert [one.day.day for one in late] == [23]


def test_a_visit_that_comes_late_by_a_tablet_takes_the_alert_away(
    programme: Programme, entry: MakeEntry, daiva: Post, hanna: Post
) -> None:
    visit = write(entry(started_at=at(18, 9)), daiva)
    assert [one.day.day for one in found(hanna, AlertKind.MISSED)] == [20, 16]
    visits.strike(visit, reason="Another day.", by=daiva)
    assert len(found(hanna, AlertKind.MISSED)) == 3


def test_where_nobody_opened_somebody_was_there(
    programme: Programme, entry: MakeEntry, daiva: Post, hanna: Post
) -> None:
    write(entry(started_at=at(18, 9), outcome="nobody_opened", services=(), minutes=5), daiva)
    assert 18 not in [one.day.day for one in found(hanna, AlertKind.MISSED)]


def test_a_programme_that_stands_still_misses_nothing(programme: Programme, hanna: Post) -> None:
    programmes.suspend(programme, since=dt.date(2026, 11, 17), until=SUNDAY, reason="Hospital.", by=hanna)
    assert [one.day.day for one in found(hanna, AlertKind.MISSED)] == [16]


@pytest.mark.parametrize(("minute", "is_late"), [(0, False), (30, False), (31, True)])
def test_late_is_more_than_thirty_minutes_after_the_hour(
    programme: Programme, entry: MakeEntry, daiva: Post, hanna: Post, minute: int, is_late: bool
) -> None:
    Programme.objects.update(hour=dt.time(9))
    write(entry(started_at=at(18, 9, minute)), daiva)
    assert bool(found(hanna, AlertKind.LATE)) is is_late


def test_what_is_late_is_a_setting(
    programme: Programme, entry: MakeEntry, daiva: Post, hanna: Post, settings: Any
) -> None:
    Programme.objects.update(hour=dt.time(9))
    write(entry(started_at=at(18, 9, 20)), daiva)
    settings.VISIT_LATE_MINUTES = 15
    assert found(hanna, AlertKind.LATE)[0].facts == {"minutes": 20, "at": "09:20", "hour": "09:00"}


@pytest.mark.parametrize(("minutes", "is_short"), [(29, True), (30, False), (60, False)])
def test_too_short_is_less_than_half_of_what_the_programme_has(
    programme: Programme, entry: MakeEntry, catalogue: Catalogue, daiva: Post, hanna: Post, minutes: int, is_short: bool
) -> None:
    write(entry(started_at=at(18, 9), services=(Done(catalogue.help.pk, minutes=minutes),)), daiva)
    assert bool(found(hanna, AlertKind.SHORT)) is is_short


def test_what_the_programme_does_not_have_is_said(
    programme: Programme, entry: MakeEntry, catalogue: Catalogue, daiva: Post, hanna: Post
) -> None:
    write(entry(started_at=at(18, 9), services=(Done(catalogue.snow.pk),)), daiva)
    assert [one.facts["service"] for one in found(hanna, AlertKind.EXTRA)] == ["Snow"]


@pytest.fixture
def second(programme: Programme) -> Programme:
    """Bruno's programme with the same worker."""
    bruno = Recipient.objects.create(name="Bruno", department=CENTRE)
    return Programme.objects.create(
        number="P-2",
        recipient=bruno,
        department=CENTRE,
        worker=programme.worker,
        state="signed",
        since=programme.since,
        until=programme.until,
        runs_until=programme.runs_until,
        weekdays="024",
        payment="free",
        drafted_at=programme.drafted_at,
        signed_at=programme.signed_at,
        signed_by=programme.signed_by,
    )


@pytest.mark.parametrize(("minute", "is_twice"), [(30, True), (59, True), (60, False)])
def test_nobody_is_in_two_places_at_once(
    second: Programme, entry: MakeEntry, daiva: Post, hanna: Post, minute: int, is_twice: bool
) -> None:
    write(entry(started_at=at(18, 9)), daiva)
    there = {"recipient": second.recipient_id, "outcome": "nobody_opened", "services": (), "minutes": 10}
    write(entry(client_id=uuid4(), started_at=at(18, 9 + minute // 60, minute % 60), **there), daiva)
    assert [one.name for one in found(hanna, AlertKind.TWO_PLACES)] == (["Bruno"] if is_twice else [])


def test_a_colleague_who_comes_along_is_no_second_place(
    programme: Programme, entry: MakeEntry, daiva: Post, hanna: Post
) -> None:
    write(entry(started_at=at(18, 9)), daiva)
    write(entry(client_id=uuid4(), started_at=at(18, 9)), hanna)
    assert not found(hanna, AlertKind.TWO_PLACES)


@pytest.mark.parametrize(("day", "days"), [(14, 8), (15, None)])
def test_nobody_came_for_more_than_seven_days(
    programme: Programme, entry: MakeEntry, daiva: Post, hanna: Post, day: int, days: int | None
) -> None:
    write(entry(started_at=at(day, 9)), daiva)
    assert [one.facts["days"] for one in found(hanna, AlertKind.ABSENT)] == ([days] if days else [])


def test_an_alert_is_answered_once_with_a_word(programme: Programme, hanna: Post) -> None:
    alert = found(hanna, AlertKind.MISSED)[0]
    with pytest.raises(Refused, match="no_word"):
        actions.acknowledge(alert, word=" ", by=hanna)
    before = actions.count_open(hanna)
    actions.acknowledge(alert, word="She was at her daughter’s.", by=hanna)
    actions.acknowledge(alert, word="Another word.", by=hanna)
    assert actions.count_open(hanna) == before - 1
    assert actions.answers([alert])[alert.key].word == "She was at her daughter’s."
    assert AuditEntry.objects.filter(action="registry.alert_acknowledged").count() == 1


def test_the_head_reads_and_answers_on_the_page(programme: Programme, hanna: Post, otto: Post) -> None:
    head = browser(hanna)
    page = head.get(PAGE).content.decode()
    assert "A visit was expected, and none is written down." in page
    key = found(hanna, AlertKind.MISSED)[0].key
    assert head.post(f"{PAGE}acknowledge/", {"key": key, "word": ""}).status_code == 422
    assert head.post(f"{PAGE}acknowledge/", {"key": "missed:0:x", "word": "x"}).status_code == 404
    page = head.post(f"{PAGE}acknowledge/", {"key": key, "word": "Daiva was ill."}, follow=True).content.decode()
    assert "Daiva was ill." in page
    officer = browser(otto)
    assert "Daiva was ill." in officer.get(f"{PAGE}?by=worker&days=31&kind=missed").content.decode()
    assert officer.post(f"{PAGE}acknowledge/", {"key": key, "word": "x"}).status_code == 403


def test_the_count_stands_on_every_room_of_the_head_and_of_nobody_else(
    programme: Programme, hanna: Post, clara: Post
) -> None:
    cache.clear()
    count = actions.count_open(hanna)
    assert f"Planned against done ({count})" in browser(hanna).get("/en/registry/").content.decode()
    assert f"({count})" not in browser(clara).get("/en/registry/").content.decode()


def test_another_departments_head_hears_nothing(programme: Programme) -> None:
    other = post("Olga", PostRole.HEAD, "Vaiko gerovės centras")
    assert alerts(other, MONDAY, SUNDAY) == []


def test_nonsense_in_the_address_shows_the_usual_days(programme: Programme, hanna: Post) -> None:
    head = browser(hanna)
    for query in ("days=999", "days=x", "days=²", "kind=what", "worker=x", "by=moon"):
        assert head.get(f"{PAGE}?{query}").status_code == 200, query


def test_a_social_worker_does_not_oversee(daiva: Post) -> None:
    assert browser(daiva).get(PAGE).status_code == 403


def test_many_visits_take_as_many_questions_as_few(
    programme: Programme, entry: MakeEntry, daiva: Post, hanna: Post, django_assert_num_queries: Any
) -> None:
    for day in range(2, 21):
        write(entry(client_id=uuid4(), started_at=at(day, 9)), daiva)
    with django_assert_num_queries(6):
        alerts(hanna, dt.date(2026, 11, 1), SUNDAY)
