"""Daiva's tablet brings what she wrote without a network: once each, and nothing is ever dropped."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from typing import Any

import pytest
from django.test import Client

from portal.core.models import AuditEntry
from portal.registry.field import keys, sealing, settling
from portal.registry.field.settling import Written
from portal.registry.models import FieldRecord, FieldState, Month, Post, Programme, Tablet, Visit
from portal.registry.months import actions as months
from portal.registry.posts import take_post
from portal.registry.refusals import Refused
from tests.portal.registry.conftest import Catalogue
from tests.portal.registry.field.device import Device, posted, taken_along

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen"), pytest.mark.postgres]
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def tablet(client: Client, daiva: Post, programme: Programme) -> Device:
    return taken_along(client, daiva)


@pytest.fixture
def helped(programme: Programme, catalogue: Catalogue) -> tuple[int, list[dict[str, int]]]:
    """Whom and with what: an hour of help for Alice."""
    return programme.recipient_id, [{"service": catalogue.help.pk, "minutes": 60, "times": 1}]


def one(response: Any) -> dict[str, Any]:
    found: dict[str, Any] = response.json()["answers"][0]
    return found


def test_a_record_becomes_a_visit_without_anybody_signed_in(tablet: Device, helped: Any, daiva: Post) -> None:
    record = tablet.seal(tablet.body(*helped, note="She is well."))
    assert one(tablet.send(record))["state"] == "kept"
    visit = Visit.objects.get()
    assert (visit.worker, visit.note, str(visit.client_id)) == (daiva.user, "She is well.", record["client_id"])
    kept = FieldRecord.objects.get()
    assert (kept.state, kept.visit, kept.confirmation) == ("kept", visit, "signature")
    assert "She is well." not in kept.body_encrypted
    told = settling.told_in(kept)
    assert told is not None
    assert told.path == "M10 10L40 60"


def test_sent_again_it_is_known_and_there_once(tablet: Device, helped: Any) -> None:
    record = tablet.seal(tablet.body(*helped))
    states = [one(tablet.send(record))["state"] for _ in range(3)]
    assert states == ["kept", "known", "known"]
    assert Visit.objects.count() == FieldRecord.objects.count() == 1


def test_two_records_under_one_number_are_told_and_the_first_stays(tablet: Device, helped: Any) -> None:
    body = tablet.body(*helped)
    tablet.send(tablet.seal(body))
    other = one(tablet.send(tablet.seal(body | {"minutes": 90})))
    assert (other["state"], other["why"]) == ("conflict", "another_visit_has_this_id")
    assert Visit.objects.get().minutes == 60


def test_nobody_opened_is_a_record_too(tablet: Device, helped: Any) -> None:
    body = tablet.body(helped[0], [], outcome="nobody_opened", minutes=5, confirmation="", path="")
    assert one(tablet.send(tablet.seal(body)))["state"] == "kept"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"started_at": "2026-11-26T08:00:00Z", "by_clock": False}, "visit_in_the_future"),
        ({"started_at": "2026-09-01T08:00:00Z", "by_clock": False}, "no_programme_that_day"),
        ({"services": []}, "what_was_done"),
        ({"services": [{"service": 999}]}, "outside_programme"),
        ({"recipient": 999}, "person_is_not_here"),
        ({"minutes": "many"}, "unreadable"),
        ({"services": "all"}, "unreadable"),
        ({"path": "<script>"}, "unreadable"),
        ({"started_at": "today"}, "unreadable"),
        ({"offset": 10**30}, "unreadable"),
    ],
)
def test_what_cannot_be_a_visit_waits_for_the_head(
    tablet: Device, helped: Any, changes: dict[str, Any], why: str
) -> None:
    answer = one(tablet.send(tablet.seal(tablet.body(*helped, **changes))))
    assert (answer["state"], answer["why"]) == ("conflict", why)
    assert len(answer["message"]) > 20
    assert FieldRecord.objects.get().state == FieldState.WAITING
    assert not Visit.objects.exists()


def test_the_same_hour_twice_waits(tablet: Device, helped: Any) -> None:
    tablet.write(*helped)
    tablet.write(*helped)
    assert sorted(answer["state"] for answer in tablet.bring()) == ["conflict", "kept"]


@pytest.mark.parametrize("sealed", ["", "AAAA", "no base64 at all!", "A" * 400])
def test_garbage_is_kept_as_it_came_and_told(tablet: Device, sealed: str) -> None:
    answer = one(tablet.send({"client_id": str(uuid.uuid4()), "key": tablet.key["id"], "sealed": sealed}))
    assert (answer["state"], answer["why"]) == ("refused", "cannot_be_opened")
    assert FieldRecord.objects.get().sealed == sealed


def test_a_foreign_key_opens_nothing(tablet: Device, helped: Any) -> None:
    public, _private = sealing.new_pair()
    for record in (tablet.seal(tablet.body(*helped), public=public), tablet.seal(tablet.body(*helped), id="x" * 22)):
        assert one(tablet.send(record))["why"] == "cannot_be_opened"


def test_a_record_under_another_records_number_does_not_open(tablet: Device, helped: Any) -> None:
    record = tablet.seal(tablet.body(*helped)) | {"client_id": str(uuid.uuid4())}
    assert one(tablet.send(record))["why"] == "cannot_be_opened"


def test_whoever_finds_a_locked_tablet_cannot_write_for_its_worker(tablet: Device, helped: Any) -> None:
    forged = tablet.seal(tablet.body(*helped), pen="what the thief made up")
    unknown = tablet.seal(tablet.body(*helped, tablet="x" * 22))
    for record in (forged, unknown):
        answer = one(tablet.send(record))
        assert (answer["state"], answer["why"]) == ("refused", "not_by_the_worker")
    assert not Visit.objects.exists()


def test_records_survive_that_the_key_was_exchanged(tablet: Device, helped: Any) -> None:
    record = tablet.seal(tablet.body(*helped))
    made = keys.rotate()
    answer = tablet.send(record).json()
    assert answer["answers"][0]["state"] == "kept"
    assert answer["key"] == {"id": made.public_id, "public": made.public}


def test_an_hour_wrong_is_mended_by_what_was_measured_and_both_are_said(tablet: Device, helped: Any) -> None:
    tablet.off = 3600  # since the list was taken along, the clock was set an hour fast
    answer = one(tablet.send(tablet.seal(tablet.body(*helped))))
    assert (answer["state"], answer["mended"]) == ("kept", -3600)
    kept = FieldRecord.objects.get()
    assert kept.told_at is not None
    assert kept.visit is not None
    assert kept.told_at - kept.visit.started_at == HOUR
    assert Tablet.objects.get().skew_seconds == -3600


def test_a_clock_known_to_be_wrong_gives_right_hours_by_itself(client: Client, daiva: Post, helped: Any) -> None:
    fast = taken_along(client, daiva, off=3600)
    assert "mended" not in one(fast.send(fast.seal(fast.body(*helped))))
    assert f"{Visit.objects.get().started_at:%H:%M}" == "10:00"


def test_an_hour_written_by_hand_stands_whatever_the_clock(tablet: Device, helped: Any) -> None:
    tablet.off = 3600
    body = tablet.body(*helped, started_at="2026-11-25T06:30:00Z", by_clock=False)
    assert "mended" not in one(tablet.send(tablet.seal(body)))
    assert f"{Visit.objects.get().started_at:%H:%M}" == "06:30"


def test_a_dismissed_workers_visits_are_taken_and_laid_before_the_head(
    tablet: Device, helped: Any, daiva: Post, hanna: Post
) -> None:
    tablet.write(*helped)
    take_post(daiva.user)
    daiva.user.is_active = False
    daiva.user.save()
    answer = tablet.bring()[0]
    assert (answer["state"], answer["why"]) == ("conflict", "worker_has_left")
    record = settling.waiting_for(hanna).get()
    begun = record.started_at
    assert begun is not None
    visit = settling.write_down(record, Written(begun, 60, "She was there."), by=hanna)
    assert (visit.worker, visit.entered_by) == (daiva.user, hanna.user)
    assert tablet.send(ask=[str(visit.client_id)]).json()["answers"][0]["state"] == "known"


def test_a_visit_of_a_closed_month_becomes_a_correction(
    tablet: Device, helped: Any, clara: Post, hanna: Post, daiva: Post
) -> None:
    october = {"by_clock": False, "started_at": "2026-10-05T08:00:00Z"}
    tablet.send(tablet.seal(tablet.body(*helped, **october)))
    month = months.prepare(daiva.department, dt.date(2026, 10, 1), by=clara)
    late = tablet.seal(tablet.body(*helped, by_clock=False, started_at="2026-10-07T08:00:00Z"))
    assert one(tablet.send(late))["why"] == "month_is_closed"
    record = settling.waiting_for(hanna).get()
    begun = record.started_at
    assert begun is not None
    with pytest.raises(Refused, match="month_is_closed"):  # prepared, but nobody closed it yet
        settling.write_down(record, Written(begun, 60, "Sent late."), by=hanna)
    months.close(month, by=hanna)
    visit = settling.write_down(record, Written(begun, 60, "Sent late."), by=hanna)
    assert visit.corrects == "Sent late."
    assert Month.objects.get().acts.get(is_latest=True).version == 2


def test_the_head_dismisses_with_a_reason_that_the_worker_reads(tablet: Device, helped: Any, hanna: Post) -> None:
    tablet.send(tablet.seal(tablet.body(*helped, recipient=999)))
    record = settling.waiting_for(hanna).get()
    with pytest.raises(Refused, match="no_reason"):
        settling.dismiss(record, reason=" ", by=hanna)
    settling.dismiss(record, reason="Pressed by mistake.", by=hanna)
    with pytest.raises(Refused, match="settled_already"):
        settling.dismiss(record, reason="Again.", by=hanna)
    told = tablet.send(ask=[str(record.client_id)]).json()["answers"][0]
    assert (told["state"], told["message"]) == ("dismissed", "Pressed by mistake.")


def test_a_wipe_acts_at_the_next_contact_and_what_was_sealed_is_still_taken(
    tablet: Device, helped: Any, hanna: Post, client: Client, frozen: Any
) -> None:
    before = tablet.seal(tablet.body(*helped))
    frozen.shift(dt.timedelta(hours=2))
    client.force_login(hanna.user)
    page = client.get("/en/registry/tablets/").content.decode()
    assert "Android, Chrome" in page
    client.post(f"/en/registry/tablets/{Tablet.objects.get().pk}/wipe/")
    frozen.shift(dt.timedelta(hours=2))
    after = tablet.seal(tablet.body(*helped))
    answer = tablet.send(before, after, waiting=3).json()
    assert answer["wipe"] is True
    assert [one.get("why", one["state"]) for one in answer["answers"]] == ["kept", "written_after_the_wipe"]
    tablet.send(wiped=True)
    assert Tablet.objects.get().wiped_at is not None
    assert AuditEntry.objects.filter(action="registry.tablet_wiped").exists()


def test_the_list_is_not_given_to_a_tablet_that_is_to_be_wiped(tablet: Device, client: Client) -> None:
    said = {"tablet": tablet.tablet, "carry": tablet.carry}
    assert posted(client, "day/", said).json()["days"][0]["stops"][0]["name"] == "Alice"
    Tablet.objects.update(wipe_asked_at=dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC))
    assert "days" not in posted(client, "day/", said).json()


def test_two_hundred_visits_over_a_flaky_network_are_there_once_each(
    tablet: Device, programme: Programme, catalogue: Catalogue
) -> None:
    """Requests that never arrive, answers that never come back, doubled sends and any order."""
    dice = random.Random(20261125)
    begun = dt.datetime(2026, 11, 2, 0, 0, tzinfo=dt.UTC)
    written = []
    for n in range(200):
        facts = {"started_at": (begun + n * HOUR * 2.5).isoformat(), "by_clock": False}
        service = {"service": catalogue.help.pk, "minutes": 60}
        written.append(tablet.write(programme.recipient_id, [service], **facts))
    rounds = 0
    while tablet.waiting and rounds < 2000:
        rounds += 1
        batch = dice.sample(tablet.waiting, min(len(tablet.waiting), dice.randint(1, 20)))
        fate = dice.random()
        if fate < 0.3:
            continue  # refused: it never arrived
        answers = tablet.send(*batch, *(batch if fate < 0.5 else ())).json()["answers"]
        if fate < 0.7:
            continue  # kept, but the answer is lost
        gone = {answer["client_id"] for answer in answers if answer["state"] in {"kept", "known"}}
        tablet.waiting = [one for one in tablet.waiting if one["client_id"] not in gone]
    assert not tablet.waiting
    assert sorted(str(pk) for pk in Visit.objects.values_list("client_id", flat=True)) == sorted(written)
    assert FieldRecord.objects.filter(state=FieldState.KEPT).count() == 200
