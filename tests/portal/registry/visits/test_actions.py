"""A visit is written down once; what can't have happened is refused with a sentence."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest

from portal.core import clock
from portal.registry.models import Post, Programme, Visit
from portal.registry.refusals import Refused
from portal.registry.visits import actions
from portal.registry.visits.actions import Done
from tests.portal.registry.conftest import Catalogue, MakeEntry, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen"), pytest.mark.postgres]
UTC = dt.UTC


def record(entry: Any, by: Post) -> actions.Kept:
    return actions.record(entry, worker=by.user, by=by)


def test_the_same_visit_sent_twice_is_there_once(entry: MakeEntry, daiva: Post) -> None:
    sent = entry()
    first, again = record(sent, daiva), record(sent, daiva)
    assert (first.is_new, again.is_new) == (True, False)
    assert Visit.objects.get() == first.visit == again.visit
    assert first.visit.provided.count() == 1


def test_another_visit_under_the_same_number_is_a_conflict(entry: MakeEntry, daiva: Post) -> None:
    sent = entry()
    record(sent, daiva)
    other = entry(client_id=sent.client_id, started_at=sent.started_at + dt.timedelta(days=1))
    with pytest.raises(Refused, match="another_visit_has_this_id"):
        record(other, daiva)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"started_at": dt.datetime(2026, 11, 25, 10, 11, tzinfo=UTC)}, "visit_in_the_future"),
        ({"started_at": dt.datetime(2026, 9, 30, 8, tzinfo=UTC)}, "no_programme_that_day"),
        ({"minutes": 0}, "visit_too_long"),
        ({"minutes": 721}, "visit_too_long"),
        ({"minutes": 59}, "minutes_do_not_fit"),
        ({"services": ()}, "what_was_done"),
        ({"outcome": "nobody_opened"}, "nothing_was_done"),
        ({"outcome": "snowed"}, "no_outcome"),
        ({"services": (Done(999),)}, "outside_programme"),
        ({"recipient": 999}, "person_is_not_here"),
    ],
)
def test_what_cannot_have_happened_is_refused(entry: MakeEntry, daiva: Post, changes: dict[str, Any], why: str) -> None:
    with pytest.raises(Refused, match=why) as refused:
        record(entry(**changes), daiva)
    assert len(refused.value.sentence) > 20
    assert not Visit.objects.exists()


def test_a_fast_clock_is_forgiven_for_ten_minutes(entry: MakeEntry, daiva: Post) -> None:
    assert record(entry(started_at=clock.now() + dt.timedelta(minutes=9)), daiva).is_new


def test_what_the_programme_does_not_have_is_an_extra_or_nothing(
    entry: MakeEntry, daiva: Post, catalogue: Catalogue, programme: Programme
) -> None:
    kept = record(entry(services=(Done(catalogue.snow.pk),)), daiva)
    assert kept.visit.provided.get().line is None
    programme.lines.filter(service=catalogue.bath).delete()
    with pytest.raises(Refused, match="outside_programme") as refused:
        record(entry(services=(Done(catalogue.bath.pk),)), daiva)
    assert "Bath" in refused.value.sentence


def test_nobody_opened_is_a_visit_too(entry: MakeEntry, daiva: Post) -> None:
    visit = record(entry(outcome="nobody_opened", services=(), minutes=10), daiva).visit
    assert visit.provided.count() == 0


@pytest.mark.parametrize("shift", [0, 30, -30])
def test_one_worker_is_not_there_twice_at_once(entry: MakeEntry, daiva: Post, hanna: Post, shift: int) -> None:
    record(entry(), daiva)
    same = entry(client_id=uuid4(), started_at=entry().started_at + dt.timedelta(minutes=shift))
    with pytest.raises(Refused, match="visit_is_there") as refused:
        record(same, daiva)
    assert "09:00" in refused.value.sentence  # by the town's clock
    assert record(same, hanna).is_new  # two may go together


def test_the_next_visit_may_begin_when_the_first_ends(entry: MakeEntry, daiva: Post) -> None:
    record(entry(), daiva)
    assert record(entry(started_at=entry().started_at + dt.timedelta(hours=1)), daiva).is_new


def test_who_writes_for_whom(entry: MakeEntry, daiva: Post, clara: Post) -> None:
    with pytest.raises(Refused, match="not_your_visit"):
        actions.record(entry(), worker=clara.user, by=daiva)
    kept = actions.record(entry(), worker=daiva.user, by=clara)
    assert (kept.visit.worker, kept.visit.entered_by) == (daiva.user, clara.user)


def test_another_departments_person_is_out_of_reach(entry: MakeEntry) -> None:
    stranger = post("Dan", "social_worker", "Vaiko gerovės centras")
    with pytest.raises(Refused, match="person_is_not_here"):
        record(entry(), stranger)


def test_a_visit_is_struck_out_with_a_reason_and_may_be_written_anew(
    entry: MakeEntry, daiva: Post, clara: Post
) -> None:
    visit = record(entry(), daiva).visit
    with pytest.raises(Refused, match="no_reason"):
        actions.strike(visit, reason=" ", by=daiva)
    actions.strike(visit, reason="wrong hour", by=clara)
    with pytest.raises(Refused, match="struck_already"):
        actions.strike(visit, reason="again", by=clara)
    assert not Visit.objects.standing().exists()
    assert record(entry(), daiva).is_new


def test_a_colleagues_visit_is_not_struck_out(entry: MakeEntry, daiva: Post) -> None:
    visit = record(entry(), daiva).visit
    with pytest.raises(Refused, match="not_your_visit"):
        actions.strike(visit, reason="wrong", by=post("Elena", "social_worker"))


def test_an_entry_before_midnight_belongs_to_the_towns_day(entry: MakeEntry, daiva: Post) -> None:
    # 22:30 in UTC is half past midnight in the town: the visit is of the day after.
    late = entry(started_at=dt.datetime(2026, 11, 2, 22, 30, tzinfo=UTC))
    assert record(late, daiva).visit.day == dt.date(2026, 11, 3)
