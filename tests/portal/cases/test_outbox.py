"""What residents and consultants send arrives once: later when it must, or in staff's hands when it can't."""

import datetime as dt
from typing import Any

import pytest

from portal.cases import asking, outbox
from portal.cases.models import CaseLink, Kind, OutboxItem, Progress
from portal.cases.registries.base import Away, Refused
from portal.core.models import AuditEntry, User
from tests.portal.cases.moody import MoodyRegistry

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(registry: MoodyRegistry, link: CaseLink, time: Any) -> OutboxItem:
    return outbox.put(link, Kind.NOTE, {"text": "Hello", "author": "consultant"}, key="n1")


def state(item: OutboxItem) -> str:
    item.refresh_from_db()
    return item.progress


def fail_add_note(monkeypatch: pytest.MonkeyPatch, registry: MoodyRegistry, trouble: Exception) -> None:
    def add_note(*_: object) -> None:
        raise trouble

    monkeypatch.setattr(registry, "add_note", add_note)


def test_what_is_due_is_sent_once(registry: MoodyRegistry, item: OutboxItem, link: CaseLink) -> None:
    assert [outbox.deliver_due(), outbox.deliver_due()] == [1, 0]
    assert len(registry.notes(link.external_id)) == 1


def test_sent_twice_after_a_crash_it_still_arrives_once(
    registry: MoodyRegistry, item: OutboxItem, link: CaseLink, time: Any
) -> None:
    outbox.deliver_due()
    OutboxItem.objects.filter(pk=item.pk).update(progress=Progress.WAITING, payload=item.payload)
    time.shift(61)
    assert outbox.deliver_due() == 1
    assert len(registry.notes(link.external_id)) == 1


def test_the_same_thing_put_in_twice_is_one(item: OutboxItem, link: CaseLink) -> None:
    assert outbox.put(link, Kind.NOTE, {"text": "Hello", "author": "consultant"}, key="n1") == item


def test_one_who_has_it_in_hand_keeps_it_for_a_minute(item: OutboxItem, link: CaseLink, time: Any) -> None:
    OutboxItem.objects.filter(pk=item.pk).update(next_try_at=item.next_try_at + outbox.LEASE)
    assert outbox.deliver(link.pk) == 0
    time.shift(60)
    assert outbox.deliver(link.pk) == 1


def test_pauses_grow_up_to_an_hour() -> None:
    pauses = [outbox.pause_after(tries) for tries in (1, 2, 3, 20, 29)]
    assert [pause.total_seconds() for pause in pauses] == [5, 10, 20, 3600, 3600]


def test_what_failed_waits_longer_each_time(
    monkeypatch: pytest.MonkeyPatch, registry: MoodyRegistry, item: OutboxItem, time: Any
) -> None:
    fail_add_note(monkeypatch, registry, ConnectionError())
    outbox.deliver_due()
    time.shift(5)
    outbox.deliver_due()
    item.refresh_from_db()
    assert (item.tries, item.trouble) == (2, "ConnectionError")
    time.shift(9)
    outbox.deliver_due()
    item.refresh_from_db()
    assert item.tries == 2


def test_a_registry_left_alone_costs_no_try(registry: MoodyRegistry, item: OutboxItem, time: Any) -> None:
    registry.mood = "down"
    for _ in range(5):
        with pytest.raises(Away):
            asking.ask("default", lambda r: r.check(), budget=asking.Budget(1))
    outbox.deliver_due()
    item.refresh_from_db()
    assert (item.tries, item.next_try_at) == (0, dt.datetime.now(dt.UTC) + dt.timedelta(seconds=30))


def test_after_a_day_of_failing_it_is_given_up_and_staff_can_send_it_again(
    monkeypatch: pytest.MonkeyPatch, registry: MoodyRegistry, item: OutboxItem, bob: User, time: Any
) -> None:
    with monkeypatch.context() as broken:
        fail_add_note(broken, registry, ConnectionError())
        for _ in range(outbox.MOST_TRIES):
            asking.forget_failures()
            outbox.deliver_due()
            time.shift(3600)
    assert state(item) == Progress.DEAD
    outbox.send_again(item, by=bob)
    assert outbox.deliver_due() == 1
    assert state(item) == Progress.DELIVERED
    assert AuditEntry.objects.filter(action="case.sent_again", actor=bob).exists()


def test_sending_again_what_arrived_does_nothing(item: OutboxItem, bob: User) -> None:
    outbox.deliver_due()
    outbox.send_again(item, by=bob)
    assert state(item) == Progress.DELIVERED


def test_what_the_registry_refuses_is_given_up_at_once(
    monkeypatch: pytest.MonkeyPatch, registry: MoodyRegistry, item: OutboxItem, caplog: pytest.LogCaptureFixture
) -> None:
    fail_add_note(monkeypatch, registry, Refused("closed"))
    outbox.deliver_due()
    assert state(item) == Progress.DEAD
    assert item.trouble == "Refused: closed"


def test_things_of_a_case_leave_in_their_order(
    monkeypatch: pytest.MonkeyPatch, registry: MoodyRegistry, item: OutboxItem, link: CaseLink
) -> None:
    later = outbox.put(link, Kind.WITHDRAWAL, {}, key="w")
    fail_add_note(monkeypatch, registry, ConnectionError())
    outbox.deliver_due()
    assert (state(item), state(later)) == (Progress.WAITING, Progress.WAITING)


def test_a_lost_key_does_not_stop_what_comes_after(item: OutboxItem, link: CaseLink) -> None:
    later = outbox.put(link, Kind.NOTE, {"text": "Two", "author": "consultant"}, key="n2")
    OutboxItem.objects.filter(pk=item.pk).update(payload="not ours")
    outbox.deliver_due()
    assert (state(item), state(later)) == (Progress.DEAD, Progress.DELIVERED)


def test_how_many_cases_there_are_is_nobodys_business(link: CaseLink) -> None:
    assert asking.state() == "ok"
