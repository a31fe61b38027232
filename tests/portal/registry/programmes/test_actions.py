"""A programme: on a decision, signed once, never two at a time, changed, paused, ended."""

import datetime as dt
from typing import Any

import pytest

from portal.registry.models import Case, Payment, Post, Programme, ProgrammeState, Recipient
from portal.registry.programmes import actions
from portal.registry.refusals import Refused
from portal.registry.visits import actions as visits
from tests.portal.registry.conftest import Catalogue, MakeEntry, MakePlan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen"), pytest.mark.postgres]
DAY = dt.timedelta(days=1)


def signed(case: Case, plan: Any, by: Post) -> Programme:
    return actions.sign(actions.draft(case.recipient, plan, case=case, by=by), by=by)


def test_a_programme_rests_on_a_decision(case: Case, hanna: Post, plan: MakePlan) -> None:
    for chosen in (case, None):
        with pytest.raises(Refused, match=r"case_is_not_granted|no_decision"):
            actions.draft(case.recipient, plan(), case=chosen, by=hanna)


def test_it_has_a_number_and_runs_once_signed(programme: Programme) -> None:
    assert programme.number.startswith("IP-2026-")
    assert (programme.state, programme.version) == (ProgrammeState.SIGNED, 1)
    for day in (programme.since - DAY, programme.since, programme.until, programme.until + DAY):
        assert programme.is_running(day) == Programme.objects.running(day).filter(pk=programme.pk).exists()


def test_a_draft_runs_on_no_day(granted: Case, hanna: Post, plan: MakePlan) -> None:
    draft = actions.draft(granted.recipient, plan(), case=granted, by=hanna)
    assert not draft.is_running(draft.since)
    assert not Programme.objects.running(draft.since).exists()


@pytest.mark.parametrize(("since", "until"), [(0, 0), (-400, 0), (0, 400), (-400, 400)])
def test_two_never_run_on_one_day(
    granted: Case, hanna: Post, plan: MakePlan, programme: Programme, since: int, until: int
) -> None:
    days = {"since": programme.since + since * DAY, "until": programme.until + until * DAY}
    draft = actions.draft(granted.recipient, plan(**days), case=granted, by=hanna)
    with pytest.raises(Refused, match="programmes_overlap"):
        actions.sign(draft, by=hanna)
    draft.refresh_from_db()
    assert draft.is_draft


def test_the_next_may_begin_the_day_after(granted: Case, hanna: Post, plan: MakePlan, programme: Programme) -> None:
    after = plan(since=programme.until + DAY, until=programme.until + 90 * DAY)
    assert signed(granted, after, hanna).state == ProgrammeState.SIGNED


def test_a_change_is_a_new_version_and_the_old_one_ends_the_day_before(
    programme: Programme, hanna: Post, plan: MakePlan
) -> None:
    begins = dt.date(2026, 12, 1)
    fresh = actions.change(programme, plan(since=begins), why="She needs more help.", by=hanna)
    programme.refresh_from_db()
    assert programme.runs_until == programme.until
    with pytest.raises(Refused, match="there_is_a_draft"):
        actions.change(programme, plan(since=begins), why="Again.", by=hanna)
    actions.sign(fresh, by=hanna)
    programme.refresh_from_db()
    assert (fresh.number, fresh.version) == (programme.number, 2)
    assert (programme.state, programme.runs_until) == (ProgrammeState.ENDED, begins - DAY)
    assert list(Programme.objects.running(begins)) == [fresh]


def test_what_is_signed_is_not_rewritten(programme: Programme, hanna: Post, plan: MakePlan) -> None:
    with pytest.raises(Refused, match="programme_is_signed"):
        actions.rewrite(programme, plan(), by=hanna)
    with pytest.raises(Refused, match="programme_is_signed"):
        actions.sign(programme, by=hanna)


def test_payment_by_income_needs_the_income(
    granted: Case, hanna: Post, plan: MakePlan, catalogue: Catalogue, alice: Recipient
) -> None:
    draft = actions.draft(alice, plan(payment=Payment.RULE, rule=catalogue.rule), case=granted, by=hanna)
    with pytest.raises(Refused, match="income_is_unknown"):
        actions.sign(draft, by=hanna)
    alice.incomes.create(valid_from=dt.date(2026, 1, 1), cents=40000)
    assert actions.sign(draft, by=hanna).state == ProgrammeState.SIGNED


def test_nothing_is_promised_without_a_price(granted: Case, hanna: Post, plan: MakePlan) -> None:
    early = plan(since=dt.date(2025, 12, 31))
    draft = actions.draft(granted.recipient, early, case=granted, by=hanna)
    with pytest.raises(Refused, match="no_tariff") as refused:
        actions.sign(draft, by=hanna)
    assert "Help" in refused.value.sentence


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"until": dt.date(2026, 9, 30)}, "ends_before_it_begins"),
        ({"lines": []}, "no_services"),
        ({"payment": Payment.RULE}, "no_rule"),
    ],
)
def test_a_plan_that_makes_no_sense_is_no_draft(
    granted: Case, hanna: Post, plan: MakePlan, changes: dict[str, Any], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        actions.draft(granted.recipient, plan(**changes), case=granted, by=hanna)


def test_it_stands_still_and_goes_on(programme: Programme, hanna: Post, entry: MakeEntry) -> None:
    since = dt.date(2026, 11, 10)
    actions.suspend(programme, since=since, until=None, reason="in hospital", by=hanna)
    with pytest.raises(Refused, match="suspended_already"):
        actions.suspend(programme, since=since, until=None, reason="in hospital", by=hanna)
    late = entry(started_at=dt.datetime(2026, 11, 12, 8, tzinfo=dt.UTC))
    with pytest.raises(Refused, match="programme_stands_still"):
        visits.record(late, worker=hanna.user, by=hanna)
    with pytest.raises(Refused, match="resumes_too_early"):
        actions.resume(programme, day=since, by=hanna)
    actions.resume(programme, day=dt.date(2026, 11, 12), by=hanna)
    assert visits.record(late, worker=hanna.user, by=hanna).is_new


def test_it_ends_with_a_reason_and_after_the_last_visit(programme: Programme, hanna: Post, entry: MakeEntry) -> None:
    visits.record(entry(), worker=hanna.user, by=hanna)
    for last, reason, why in (
        (dt.date(2026, 11, 5), " ", "no_reason"),
        (dt.date(2026, 11, 1), "moved away", "visits_were_made"),
        (dt.date(2028, 1, 1), "moved away", "outside_the_programme"),
    ):
        with pytest.raises(Refused, match=why):
            actions.end(programme, last_day=last, reason=reason, by=hanna)
    ended = actions.end(programme, last_day=dt.date(2026, 11, 5), reason="moved away", by=hanna)
    assert (ended.state, ended.is_running(dt.date(2026, 11, 6))) == (ProgrammeState.ENDED, False)
    with pytest.raises(Refused, match="programme_is_not_in_force"):
        actions.end(programme, last_day=dt.date(2026, 11, 5), reason="again", by=hanna)
