"""A month: counted to the cent, closed by a second person, corrected with a reason."""

import datetime as dt
from random import Random
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from portal.core.models import AuditEntry
from portal.registry.actions import Person, decide
from portal.registry.models import Act, Month, Payment, Post, Programme, Recipient, Tariff, Visit
from portal.registry.months import actions
from portal.registry.months.prices import set_tariff
from portal.registry.programmes import actions as programmes
from portal.registry.refusals import Refused
from portal.registry.visits import actions as visits
from portal.registry.visits.actions import Done
from tests.portal.registry.conftest import CENTRE, Catalogue, MakeEntry, MakePlan, open_case
from tests.portal.registry.months import slow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen"), pytest.mark.postgres]
OCTOBER = dt.date(2026, 10, 1)


def visit(entry: MakeEntry, by: Post, day: int = 5, **changes: Any) -> visits.Kept:
    at = dt.datetime(2026, 10, day, 7, tzinfo=dt.UTC)
    return visits.record(entry(started_at=at, **changes), worker=by.user, by=by)


@pytest.fixture
def closed(entry: MakeEntry, daiva: Post, clara: Post, hanna: Post) -> Month:
    """October with one visit, closed."""
    visit(entry, daiva)
    return actions.close(actions.prepare(CENTRE, OCTOBER, by=clara), by=hanna)


def test_a_month_in_money(entry: MakeEntry, daiva: Post, clara: Post, catalogue: Catalogue) -> None:
    visit(entry, daiva, 5)
    visit(entry, daiva, 7, minutes=100, services=(Done(catalogue.help.pk, 50), Done(catalogue.snow.pk)))
    visit(entry, daiva, 9, outcome="nobody_opened", services=())
    act = actions.prepare(CENTRE, OCTOBER, by=clara).acts.get()
    assert (act.visits, act.minutes, act.worker) == (3, 160, daiva.user)
    assert (act.cost_cents, act.extra_cents) == (2292, 500)  # 110 minutes at 12.50 €, and the snow
    assert (act.person_cents, act.town_cents, act.to_pay_cents) == (0, 2292, 500)


def test_the_acts_equal_an_independent_count_to_the_cent(
    hanna: Post, clara: Post, daiva: Post, plan: MakePlan, catalogue: Catalogue
) -> None:
    rng = Random(9)
    Tariff.objects.create(service=catalogue.help, valid_from=dt.date(2026, 10, 14), cents=1333)
    Tariff.objects.create(service=catalogue.bath, valid_from=dt.date(2026, 10, 26), cents=777)
    for number in range(12):
        case = open_case(Person(f"Recipient {number}", code=f"{44001010100 + number}"))
        recipient = case.recipient
        recipient.incomes.create(valid_from=rng.choice([OCTOBER, dt.date(2026, 1, 1)]), cents=rng.randrange(90000))
        for _ in range(rng.randrange(3)):
            recipient.household.create(name="N", relation="child", income_cents=rng.randrange(60000))
        decide(case, "granted", by=hanna, note="Yes.")
        case.refresh_from_db()
        how = {"payment": rng.choice(Payment.values), "rule": catalogue.rule}
        programme = programmes.sign(programmes.draft(recipient, plan(**how), case=case, by=hanna), by=hanna)
        for day in rng.sample(range(1, 32), 9):
            services = [Done(catalogue.help.pk, rng.randrange(1, 50)), Done(catalogue.bath.pk, 5)][
                : rng.randrange(1, 3)
            ]
            if rng.random() < 0.3:
                services.append(Done(catalogue.snow.pk, times=rng.randrange(1, 4)))
            at = dt.datetime(2026, 10, day, 6, rng.randrange(60), tzinfo=dt.UTC)
            sent = visits.Entry(uuid4(), recipient.pk, at, 60, services)
            visits.record(sent, worker=daiva.user, by=daiva)
        if number % 4 == 0:
            later = plan(since=dt.date(2026, 11, 1), payment=Payment.FULL)
            programmes.sign(programmes.change(programme, later, why="more", by=hanna), by=hanna)
    month = actions.prepare(CENTRE, OCTOBER, by=clara)
    found = {act.recipient_id: (act.person_cents, act.extra_cents, act.town_cents) for act in month.acts.all()}
    assert found == slow.acts(CENTRE, 2026, 10)
    assert len(found) == 12
    assert any(person for person, _, _ in found.values())


def test_a_second_pair_of_eyes_closes_it_once(entry: MakeEntry, daiva: Post, clara: Post, hanna: Post) -> None:
    visit(entry, daiva)
    month = actions.prepare(CENTRE, OCTOBER, by=hanna)
    with pytest.raises(Refused, match="second_pair_of_eyes"):
        actions.close(month, by=hanna)
    actions.close(month, by=clara)
    stale = Month.objects.get(pk=month.pk)
    with pytest.raises(Refused, match="month_is_closed"):
        actions.close(stale, by=clara)
    assert month.acts.get().number == "2026-10/1"


def test_two_who_prepare_it_at_once_make_one(entry: MakeEntry, daiva: Post, clara: Post, hanna: Post) -> None:
    visit(entry, daiva)
    actions.prepare(CENTRE, OCTOBER, by=hanna)
    with pytest.raises(Refused, match="month_is_closed"):
        actions.prepare(CENTRE, OCTOBER, by=clara)
    assert Act.objects.count() == 1


def test_a_month_that_runs_or_is_empty_is_not_prepared(clara: Post) -> None:
    for first, why in ((dt.date(2026, 11, 1), "month_is_not_over"), (OCTOBER, "nothing_in_the_month")):
        with pytest.raises(Refused, match=why):
            actions.prepare(CENTRE, first, by=clara)
    assert not Month.objects.exists()


def test_nothing_is_written_into_a_prepared_or_closed_month(
    entry: MakeEntry, daiva: Post, clara: Post, hanna: Post
) -> None:
    first = visit(entry, daiva).visit
    month = actions.prepare(CENTRE, OCTOBER, by=clara)
    for _ in range(2):
        with pytest.raises(Refused, match="month_is_closed"):
            visit(entry, daiva, 6)
        with pytest.raises(Refused, match="month_is_closed"):
            visits.strike(first, reason="wrong", by=daiva)
        if not month.is_closed:
            month = actions.close(month, by=hanna)


def test_a_prepared_month_goes_back_and_a_closed_one_does_not(
    entry: MakeEntry, daiva: Post, clara: Post, hanna: Post
) -> None:
    visit(entry, daiva)
    actions.reopen(actions.prepare(CENTRE, OCTOBER, by=clara), by=hanna, reason="a visit is missing")
    assert not Act.objects.exists()
    assert visit(entry, daiva, 6).is_new
    month = actions.close(actions.prepare(CENTRE, OCTOBER, by=clara), by=hanna)
    with pytest.raises(Refused, match="month_is_closed"):
        actions.reopen(month, by=hanna, reason="again")


def test_a_closed_month_is_corrected_by_a_next_version_with_its_reason(
    closed: Month, entry: MakeEntry, daiva: Post, hanna: Post
) -> None:
    forgotten = entry(started_at=dt.datetime(2026, 10, 12, 7, tzinfo=dt.UTC))
    with pytest.raises(Refused, match="no_reason"):
        actions.add_to_closed(forgotten, worker=daiva.user, reason=" ", by=hanna)
    with pytest.raises(Refused, match="month_is_closed"):
        actions.add_to_closed(forgotten, worker=daiva.user, reason="forgotten", by=daiva)
    fresh = actions.add_to_closed(forgotten, worker=daiva.user, reason="forgotten", by=hanna)
    assert fresh is not None
    assert (fresh.version, fresh.cost_cents, fresh.number) == (2, 2500, "2026-10/1")
    before = closed.acts.get(version=1)
    assert (before.cost_cents, before.is_latest) == (1250, False)
    assert AuditEntry.objects.get(action="registry.act_corrected").reason == "forgotten"


def test_a_visit_struck_out_of_a_closed_month_leaves_an_act_of_nothing(closed: Month, hanna: Post) -> None:
    struck = Visit.objects.get(recipient=closed.acts.get().recipient)
    fresh = actions.strike_in_closed(struck, reason="it was her neighbour", by=hanna)
    assert fresh is not None
    assert (fresh.version, fresh.cost_cents, fresh.lines) == (2, 0, [])


def test_a_correction_that_changes_nothing_is_no_version(closed: Month, hanna: Post) -> None:
    assert actions.recount(closed, closed.acts.get().recipient, reason="to be sure", by=hanna) is None
    assert closed.acts.count() == 1


def test_a_price_never_begins_in_a_closed_month(closed: Month, hanna: Post, catalogue: Catalogue) -> None:
    with pytest.raises(Refused, match="tariff_in_a_closed_month"):
        set_tariff(catalogue.help, valid_from=dt.date(2026, 10, 31), cents=1, by=hanna)
    set_tariff(catalogue.help, valid_from=dt.date(2026, 11, 1), cents=1, by=hanna)
    with pytest.raises(Refused, match="tariff_begins_twice"):
        set_tariff(catalogue.help, valid_from=dt.date(2026, 11, 1), cents=2, by=hanna)


def test_the_number_of_questions_does_not_grow_with_the_people(
    entry: MakeEntry, daiva: Post, clara: Post, programme: Programme, django_assert_max_num_queries: Any
) -> None:
    visit(entry, daiva)
    for number in range(5):
        other = Recipient.objects.create(name=f"R{number}", department=CENTRE)
        Programme.objects.filter(pk=programme.pk).update(recipient=other)
        programme.visits.create(
            client_id=uuid4(),
            recipient=other,
            department=CENTRE,
            worker=daiva.user,
            day=dt.date(2026, 10, 7),
            started_at=dt.datetime(2026, 10, 7, 8, tzinfo=dt.UTC),
            minutes=30,
            entered_by=daiva.user,
            entered_at=dt.datetime(2026, 10, 7, 9, tzinfo=dt.UTC),
        )
    with time_machine.travel("2026-11-25 10:00Z", tick=False), django_assert_max_num_queries(17):
        actions.prepare(CENTRE, OCTOBER, by=clara)
