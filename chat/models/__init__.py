"""Consultations, what happened in them, who may open them, who answers, and how they ended."""

from chat.models.consultation import (
    ENDED_STATES,
    FINISHED_STATES,
    HELD_STATES,
    OPEN_STATES,
    QUEUED_STATES,
    Channel,
    Consultation,
    State,
)
from chat.models.event import STAFF_KINDS, Author, Event, EventKind
from chat.models.grant import Grant
from chat.models.presence import Choice, Presence
from chat.models.quick_reply import QuickReply
from chat.models.wrapup import Found, Outcome, WrapUp

__all__ = [
    "ENDED_STATES",
    "FINISHED_STATES",
    "HELD_STATES",
    "OPEN_STATES",
    "QUEUED_STATES",
    "STAFF_KINDS",
    "Author",
    "Channel",
    "Choice",
    "Consultation",
    "Event",
    "EventKind",
    "Found",
    "Grant",
    "Outcome",
    "Presence",
    "QuickReply",
    "State",
    "WrapUp",
]
