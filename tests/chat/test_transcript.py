"""Whoever asks for what is new ends up with what a fresh page shows, whatever happened in between."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat import access, transcript
from chat.actions import consultations, messages, wrapups
from chat.actions.errors import Refused
from chat.actions.wrapups import Summary
from chat.models import ENDED_STATES, Consultation, Event, Found, Outcome
from chat.transcript import PublicEvent
from tests.chat import ground
from tests.people import bob

Step = Callable[[Consultation], object]
STEPS: dict[str, Step] = {
    "alice writes": lambda it: ground.alice_writes(it),
    "bob takes it": lambda it: consultations.claim(it, by=bob()),
    "bob writes": lambda it: ground.bob_writes(it),
    "bob notes": lambda it: messages.note(it, text="Pastaba", client_id=uuid4(), by=bob()),
    "bob puts it back": lambda it: consultations.release(it, by=bob()),
    "bob hands it over": lambda it: consultations.transfer(it, by=bob(), to_institution=ground.institution("cia")),
    "bob ends it": lambda it: consultations.close(it, by=bob()),
    "alice ends it": lambda it: consultations.end_by_resident(it),
    "bob wraps it up": lambda it: wrapups.wrap_up(
        it, Summary(topic=None, outcome=Outcome.ANSWERED, found=Found.YES), by=bob()
    ),
}


@pytest.mark.django_db
@pytest.mark.postgres
@given(steps=st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.booleans()), max_size=14))
def test_a_page_and_what_came_after_it_are_a_fresh_page(steps: list[tuple[str, bool]]) -> None:
    consultation = ground.alice_asks().consultation
    seen: list[PublicEvent] = []
    for name, alice_looks in steps:
        with suppress(Refused, access.NotThere):
            STEPS[name](consultation)
        if alice_looks:
            seen += transcript.since_for_resident(consultation, len(seen), limit=2)
    while more := transcript.since_for_resident(consultation, len(seen)):
        seen += more

    now = access.for_statistics().get(pk=consultation.pk)
    assert seen == transcript.since_for_resident(consultation, 0)
    assert [event.sequence for event in seen] == list(range(1, now.public_sequence + 1))
    everything = [event.sequence for event in transcript.since_for_staff(consultation, 0)]
    assert everything == list(range(1, now.staff_sequence + 1))
    assert (seen[-1].kind == "closed") is (now.state in ENDED_STATES)


@pytest.mark.django_db
def test_a_note_has_no_way_to_the_resident_even_by_mistake() -> None:
    taken = ground.taken_by_bob()
    messages.note(taken, text="Slapta", client_id=uuid4(), by=bob())

    with pytest.raises(Exception, match="a_note_is_never_public"):
        Event.objects.filter(kind="note").update(public_sequence=99)


@pytest.mark.django_db
def test_a_page_of_messages_costs_one_query(django_assert_num_queries: Callable[..., object]) -> None:
    asked = ground.alice_asks().consultation
    for _ in range(5):
        ground.alice_writes(asked)
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        assert len(transcript.since_for_resident(asked, 0)) == 6
