"""A person's week: proposed in a press, changed by hand, signed by the head, seen in the worker's day."""

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client

from portal.core.models import AuditEntry
from portal.registry.models import (
    Capacity,
    CarePackage,
    Case,
    PlanState,
    PlanStop,
    Post,
    Programme,
    Recipient,
    WeekPlan,
)
from portal.registry.plans import actions
from portal.registry.plans.actions import Day
from portal.registry.programmes import actions as programmes
from portal.registry.refusals import Refused
from portal.registry.visits.day import work_day
from tests.factories.instruments import check, published
from tests.portal.registry.conftest import CENTRE, Catalogue, MakePlan, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
At = Callable[[Post], Client]
ROOT = "/en/registry/"
NINE, TEN = dt.time(9), dt.time(10)


def page(browser: Client, address: str) -> str:
    answer = browser.get(f"{ROOT}{address}")
    assert answer.status_code == 200, address
    return " ".join(answer.content.decode().split())


def words(plan: WeekPlan) -> list[str]:
    return [one.word for one in actions.conflicts_of(plan)]


def week(**minutes: int) -> dict[int, Day]:
    """The same on Monday and Wednesday, the bath on Friday."""
    hour = {day: Day(NINE, {"help": minutes.get("help", 60)}) for day in (0, 2)}
    return hour | {4: Day(TEN, {"bath": 30})}


@pytest.fixture
def neighbour(catalogue: Catalogue, daiva: Post, hanna: Post, plan: MakePlan, granted: Case) -> Programme:
    """Boris's programme, also with Daiva, and his signed week: Mondays and Wednesdays at nine."""
    boris = Recipient.objects.create(name="Boris", department=CENTRE, worker=daiva)
    case = Case.objects.get(pk=granted.pk)
    case.pk, case.number, case.recipient, case.outer_key = None, "SP-B", boris, None
    case.save()
    signed = programmes.sign(programmes.draft(boris, plan(), case=case, by=hanna), by=hanna)
    actions.sign(actions.change(signed, daiva, week(), by=hanna), why="", by=hanna)
    return signed


def test_a_week_is_proposed_explained_and_signed(at: At, clara: Post, hanna: Post, programme: Programme) -> None:
    address = f"programmes/{programme.pk}/week/"
    at(clara).post(f"{ROOT}{address}propose/")
    html = page(at(clara), address)
    for said in ("The person knows Daiva already.", "Everything goes together", "The days are those of the programme."):
        assert said in html
    assert "Sign the week" not in html  # a clerk proposes, the head signs
    assert at(clara).post(f"{ROOT}{address}sign/", {"version": "1"}).status_code == 403
    at(hanna).post(f"{ROOT}{address}sign/", {"version": "1"})
    signed = WeekPlan.objects.get()
    assert (signed.state, signed.signed_by, signed.worker) == (PlanState.SIGNED, hanna.user, programme.worker)
    assert AuditEntry.objects.filter(action="registry.week_signed").count() == 1


def test_the_workers_day_follows_the_signed_week(hanna: Post, daiva: Post, programme: Programme) -> None:
    made = week() | {2: Day(dt.time(14, 30), {"help": 60})}
    actions.sign(actions.change(programme, daiva, made, by=hanna), why="", by=hanna)
    hours = {day: [(stop.hour, stop.is_due) for stop in work_day(daiva.user, day, hanna).stops] for day in _days()}
    assert list(hours.values())[:4] == [
        [(NINE, True)],
        [(NINE, False)],
        [(dt.time(14, 30), True)],
        [(NINE, False)],
    ]


def _days() -> list[dt.date]:
    return [dt.date(2026, 11, 23) + n * dt.timedelta(days=1) for n in range(5)]


def test_a_proposal_goes_around_whom_the_worker_has_already(
    hanna: Post, daiva: Post, neighbour: Programme, programme: Programme
) -> None:
    plan = actions.draft(programme, by=hanna)
    assert plan.worker == daiva
    assert words(plan) == []


def test_nobody_can_be_in_two_places_at_once(
    at: At, hanna: Post, daiva: Post, neighbour: Programme, programme: Programme
) -> None:
    plan = actions.change(programme, daiva, week(), by=hanna)
    assert words(plan).count("two_places") == 3
    answer: Any = at(hanna).post(f"{ROOT}programmes/{programme.pk}/week/sign/", {"version": "1", "why": "she is quick"})
    assert "The week cannot be like this." in answer.content.decode()
    plan.refresh_from_db()
    assert plan.is_draft


def test_what_is_only_unusual_is_signed_with_a_reason(at: At, hanna: Post, daiva: Post, programme: Programme) -> None:
    late = {0: Day(dt.time(19), {"help": 120}), 4: Day(TEN, {"bath": 30})}
    actions.change(programme, daiva, late, by=hanna)
    address = f"{ROOT}programmes/{programme.pk}/week/sign/"
    html = at(hanna).post(address, {"version": "1"}).content.decode()
    assert "Write why the week is signed all the same." in html
    assert "outside the working hours of Daiva" in html
    at(hanna).post(address, {"version": "1", "why": "She works on Monday evenings."})
    assert WeekPlan.objects.get().why == "She works on Monday evenings."


@pytest.mark.parametrize(("minutes", "word"), [(20, "too_little"), (400, "outside_hours")])
def test_a_week_that_does_not_fit_says_so(
    hanna: Post, daiva: Post, programme: Programme, minutes: int, word: str
) -> None:
    made = week(help=minutes) | ({0: Day(dt.time(12), {"help": minutes})} if minutes > 300 else {})
    assert word in words(actions.change(programme, daiva, made, by=hanna))


def test_more_than_the_group_has_is_outside_the_package(at: At, hanna: Post, daiva: Post, programme: Programme) -> None:
    published(document=check())
    sent = {"q-washing": "help", "q-eating": "cannot", "q-night": "no"}
    at(hanna).post(f"{ROOT}recipients/{programme.recipient_id}/assess/", sent)
    form = {"what": "package", "package-valid_from": "2026-01-01", "package-hours": "2"}
    group = page(at(hanna), "capacity/").split('<option value="')[3].split('"')[0]
    at(hanna).post(f"{ROOT}capacity/", form | {"package-group": group})
    assert CarePackage.objects.get().minutes_week == 120
    assert "outside_package" in words(actions.draft(programme, by=hanna))
    again = at(hanna).post(f"{ROOT}capacity/", form | {"package-group": group}).content.decode()
    assert "already set" in again


def test_hours_of_a_post_are_written_down_and_heeded(at: At, hanna: Post, daiva: Post, programme: Programme) -> None:
    name = f"post-{daiva.pk}"
    facts = {"hours": "1", "begins": "10:00", "ends": "16:00", "weekdays": ["0", "1"], "languages": ["lt", "ru"]}
    sent = {f"{name}-{key}": value for key, value in facts.items()} | {f"{name}-districts": "Centras, Uostas"}
    at(hanna).post(f"{ROOT}capacity/", sent | {"what": name})
    daiva.refresh_from_db()
    assert Capacity.objects.get(post=daiva).districts == ["Centras", "Uostas"]
    assert {"over_capacity", "outside_hours"} <= set(words(actions.draft(programme, by=hanna)))
    wrong = at(hanna).post(f"{ROOT}capacity/", sent | {"what": name, f"{name}-ends": "09:00"}).content.decode()
    assert "The end is before the beginning." in wrong


def test_a_week_is_changed_by_plain_fields(at: At, clara: Post, daiva: Post, programme: Programme) -> None:
    address = f"{ROOT}programmes/{programme.pk}/week/change/"
    assert 'name="d0_help"' in at(clara).get(address).content.decode()
    sent = {"worker": daiva.pk, "d0": "09:00", "d0_help": "60", "d3": "09:30", "d3_help": "60", "d3_bath": "30"}
    assert at(clara).post(address, sent).status_code == 302
    stops = PlanStop.objects.order_by("weekday").values_list("weekday", "minutes")
    assert list(stops) == [(0, 60), (3, 90)]
    html = at(clara).post(address, {"worker": daiva.pk, "d0_help": "60"}).content.decode()
    assert "Say both when the visit begins" in html
    assert 'value="60"' in html


def test_a_new_version_replaces_the_signed_one_and_both_are_kept(
    hanna: Post, daiva: Post, programme: Programme
) -> None:
    for _ in range(2):
        actions.sign(actions.change(programme, daiva, week(), by=hanna), why="", by=hanna)
    assert list(WeekPlan.objects.order_by("version").values_list("state", flat=True)) == ["replaced", "signed"]


def test_a_week_that_changed_meanwhile_is_not_signed(at: At, hanna: Post, daiva: Post, programme: Programme) -> None:
    actions.sign(actions.change(programme, daiva, week(), by=hanna), why="", by=hanna)
    actions.draft(programme, by=hanna)
    at(hanna).post(f"{ROOT}programmes/{programme.pk}/week/sign/", {"version": "1"})
    assert WeekPlan.objects.get(version=2).is_draft


def test_a_draft_programme_has_no_week(hanna: Post, granted: Case, plan: MakePlan) -> None:
    draft = programmes.draft(granted.recipient, plan(), case=granted, by=hanna)
    with pytest.raises(Refused, match="programme_is_not_in_force"):
        actions.draft(draft, by=hanna)


def test_the_week_is_printed(at: At, clara: Post, hanna: Post, programme: Programme) -> None:
    assert at(clara).get(f"{ROOT}programmes/{programme.pk}/week.pdf").status_code == 404
    actions.draft(programme, by=hanna)
    paper = at(clara).get(f"{ROOT}programmes/{programme.pk}/week.pdf")
    assert paper.status_code == 503 or paper.content.startswith(b"%PDF")


def test_neighbours_get_nothing(at: At, hanna: Post, otto: Post, programme: Programme) -> None:
    actions.draft(programme, by=hanna)
    stranger = at(post("Dan", "head", "Kitas"))
    for address in ("week/", "week/change/", "week.pdf"):
        assert stranger.get(f"{ROOT}programmes/{programme.pk}/{address}").status_code == 404
    assert at(otto).post(f"{ROOT}programmes/{programme.pk}/week/propose/").status_code == 403
    assert at(otto).get(f"{ROOT}capacity/").status_code == 403


def test_a_proposal_asks_the_same_for_a_large_department(
    hanna: Post, programme: Programme, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        post(f"W{number}", "social_worker")
    with django_assert_max_num_queries(25):
        actions.draft(programme, by=hanna)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_heads_who_fill_one_hour_at_once_one_is_told(
    hanna: Post, daiva: Post, neighbour: Programme, programme: Programme
) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite writes one after the other anyway")
    other = post("Helga", "head")
    actions.change(neighbour, daiva, week(), by=hanna)
    WeekPlan.objects.filter(state=PlanState.SIGNED).delete()
    Programme.objects.update(weekdays="", hour=None)
    plans = [WeekPlan.objects.get(programme=neighbour), actions.change(programme, daiva, week(), by=other)]
    told: list[str] = []
    start = threading.Barrier(2)

    def press(plan: WeekPlan, head: Post) -> None:
        start.wait()
        try:
            actions.sign(plan, why="", by=head)
        except Refused as refused:
            told.append(refused.why)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press, args=pair) for pair in zip(plans, (hanna, other), strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == ["plan_cannot_be"]
