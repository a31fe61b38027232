"""Whatever people do, in whatever order: who has a snapshot and hears the events has what a fresh look shows."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from charter.models import Role
from chat import access, transcript
from chat.actions import consultations, floor, messages, redaction, reopening, tasks, wrapups
from chat.actions.errors import Refused
from chat.actions.redaction import RedactionReason
from chat.actions.wrapups import Summary
from chat.models import STAFF_KINDS, Consultation, EventKind, Found, Outcome, TaskReason
from portal.core import audit
from portal.core.models import User
from tests.chat import ground
from tests.people import bob, staff

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=30)


class Screen:
    """A resident's page: what it has by counting, and nothing else. `shown`: text by number."""

    def __init__(self) -> None:
        self.last = 0
        self.shown: dict[int, str] = {}

    def hear(self, consultation: Consultation, most: int) -> None:
        """The next few events, as the socket or a poll brings them."""
        for event in transcript.since_for_resident(consultation, self.last, limit=most):
            assert event.sequence == self.last + 1
            assert event.kind not in STAFF_KINDS
            self.last = event.sequence
            self.shown[event.sequence] = event.text
            if event.kind == EventKind.REDACTED:
                self.shown[int(event.data["of"])] = ""


class Floor(RuleBasedStateMachine):
    """Alice, Bob, Ona and a supervisor at one conversation."""

    def __init__(self) -> None:
        super().__init__()
        self.pk = ground.alice_asks().consultation.pk
        self.people: list[User] = [bob(), staff("Ona", Role.CONSULTANT), staff("Sofija", Role.SUPERVISOR)]
        self.screens = [Screen(), Screen()]
        self.sent: dict[str, str] = {}

    @property
    def now(self) -> Consultation:
        return Consultation.objects.get(pk=self.pk)

    def attempt(self, deed: Callable[..., Any], *given: Any, **named: Any) -> None:
        """A refusal is an answer; anything else is a fault."""
        with suppress(Refused, access.NotThere):
            deed(self.now, *given, **named)

    @rule(text=WORDS, again=st.booleans())
    def alice_writes(self, text: str, again: bool) -> None:
        key = uuid4()
        for _time in range(1 + again):
            self.attempt(messages.send, text=text, language="lt", client_id=key, by=audit.RESIDENT)

    @rule(text=WORDS)
    def alice_comes_back(self, text: str) -> None:
        self.attempt(reopening.go_on, text=text, language="lt", client_id=uuid4(), by=audit.RESIDENT)

    @rule()
    def alice_ends(self) -> None:
        self.attempt(consultations.end_by_resident)

    @rule(who=st.integers(0, 2), text=WORDS)
    def one_writes(self, who: int, text: str) -> None:
        self.attempt(messages.send, text=text, language="lt", client_id=uuid4(), by=self.people[who])

    @rule(who=st.integers(0, 2), text=WORDS)
    def one_notes(self, who: int, text: str) -> None:
        self.attempt(messages.note, text=text, client_id=uuid4(), by=self.people[who])

    @rule(
        who=st.integers(0, 2),
        deed=st.sampled_from(
            [
                consultations.claim,
                consultations.release,
                consultations.close,
                floor.take_over,
                floor.mark_urgent,
                reopening.open_by_staff,
            ]
        ),
    )
    def one_does(self, who: int, deed: Callable[..., Any]) -> None:
        self.attempt(deed, by=self.people[who])

    @rule(who=st.integers(0, 2), to=st.integers(0, 2))
    def one_hands_over(self, who: int, to: int) -> None:
        self.attempt(consultations.transfer, by=self.people[who], to=self.people[to])

    @rule(who=st.integers(0, 2))
    def one_wraps_up(self, who: int) -> None:
        self.attempt(wrapups.wrap_up, Summary(None, Outcome.ANSWERED, Found.YES), by=self.people[who])

    @rule(who=st.integers(0, 2))
    def an_answer_is_promised(self, who: int) -> None:
        self.attempt(tasks.promise_written, by=self.people[who], reason=TaskReason.FOLLOW_UP)

    @rule(number=st.integers(1, 12))
    def a_supervisor_removes_a_message(self, number: int) -> None:
        self.attempt(redaction.redact, number, reason=RedactionReason.values[0], by=self.people[2])

    @rule(which=st.integers(0, 1), most=st.integers(1, 4))
    def a_screen_hears(self, which: int, most: int) -> None:
        self.screens[which].hear(self.now, most)

    @invariant()
    def every_screen_that_has_heard_all_shows_what_a_fresh_one_does(self) -> None:
        now, fresh = self.now, Screen()
        fresh.hear(now, 500)
        assert fresh.last == now.public_sequence
        for screen in self.screens:
            caught_up = Screen()
            caught_up.last, caught_up.shown = screen.last, dict(screen.shown)
            caught_up.hear(now, 500)
            assert caught_up.shown == fresh.shown

    @invariant()
    def colleagues_count_without_a_gap_and_see_all_the_resident_sees(self) -> None:
        now = self.now
        events = transcript.since_for_staff(now, 0)
        assert [event.sequence for event in events] == list(range(1, now.staff_sequence + 1))
        assert [event.public_sequence for event in events if event.public_sequence] == list(
            range(1, now.public_sequence + 1)
        )


@pytest.mark.django_db
def test_whatever_happens_nobody_misses_anything() -> None:
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large]
    run_state_machine_as_test(
        Floor,
        settings=settings(max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=checks),
    )
