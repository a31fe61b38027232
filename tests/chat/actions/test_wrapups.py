"""Chat, phone and counter end with the same three answers."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from charter.models import Role
from chat.actions import consultations, wrapups
from chat.actions.errors import Ended, NotYours
from chat.actions.wrapups import Contact, Summary
from chat.models import Channel, Consultation, Found, Outcome, State, WrapUp
from kb.models import GapSign, SignKind, Topic
from tests.chat import ground
from tests.people import bob, staff

pytestmark = pytest.mark.django_db


def summary(note: str = "") -> Summary:
    topic, _ = Topic.objects.get_or_create(code="bustas", defaults={"name": "Būstas", "slug": "bustas"})
    return Summary(topic=topic, outcome=Outcome.ANSWERED, found=Found.YES, note=note)


def call(*, by_institution: str = "") -> Contact:
    office = ground.institution(by_institution) if by_institution else None
    return Contact(uuid4(), Channel.PHONE, "lt", summary(), waited_seconds=12, institution=office)


def test_bob_wraps_up_what_is_still_going_on() -> None:
    closed = wrapups.wrap_up(ground.taken_by_bob(), summary(), by=bob())

    assert closed.state == State.CLOSED
    assert closed.wrapup.outcome == Outcome.ANSWERED


def test_bob_wraps_up_what_alice_has_ended() -> None:
    ended = consultations.end_by_resident(ground.taken_by_bob())

    closed = wrapups.wrap_up(ended, summary(), by=bob())

    assert (closed.state, closed.public_sequence) == (State.CLOSED, ended.public_sequence)


def test_nothing_is_wrapped_up_twice_or_by_a_colleague() -> None:
    taken = ground.taken_by_bob()
    with pytest.raises(NotYours):
        wrapups.wrap_up(taken, summary(), by=staff("Ona", Role.CONSULTANT))
    wrapups.wrap_up(taken, summary(), by=bob())
    with pytest.raises(Ended):
        wrapups.wrap_up(taken, summary(), by=bob())


def test_what_waits_is_not_wrapped_up() -> None:
    with pytest.raises(NotYours):
        wrapups.wrap_up(ground.alice_asks().consultation, summary(), by=staff("Vida", Role.SUPERVISOR))


def test_a_note_names_nobody() -> None:
    wrapups.wrap_up(ground.taken_by_bob(), summary("Skambinti 8 600 12345, kodas 48505051234"), by=bob())
    assert WrapUp.objects.get().note == "Skambinti [phone], kodas [personal code]"


def test_a_call_is_one_closed_consultation_with_its_waiting() -> None:
    kept = wrapups.record_contact(call(), by=bob())

    assert (kept.channel, kept.state, kept.waited_seconds) == (Channel.PHONE, State.CLOSED, 12)
    assert kept.wrapup.found == Found.YES


def test_the_same_call_sent_twice_is_kept_once() -> None:
    contact = call()
    first, second = wrapups.record_contact(contact, by=bob()), wrapups.record_contact(contact, by=bob())

    assert first == second
    assert Consultation.objects.count() == WrapUp.objects.count() == 1


def test_bob_records_for_his_own_institution_only() -> None:
    here = ground.institution("namai")
    person = bob(institution=here)

    wrapups.record_contact(replace(call(), institution=here), by=person)
    with pytest.raises(NotYours):
        wrapups.record_contact(call(by_institution="kitur"), by=person)


def test_what_the_knowledge_base_did_not_have_is_told_to_the_editors() -> None:
    wrapups.wrap_up(ground.taken_by_bob(), replace(summary("vilkai"), found=Found.NO), by=bob())

    sign = GapSign.objects.get()
    assert (sign.kind, sign.gap.key, sign.note) == (SignKind.UNANSWERED, "topic:bustas", "vilkai")
