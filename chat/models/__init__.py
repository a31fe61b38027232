"""Consultations, what happened in them, who may open them, who answers, and how they ended."""

from chat.models.attachment import Attachment
from chat.models.call import OVER, Call, CallNotice, CallState
from chat.models.consultation import (
    ENDED_STATES,
    FINISHED_STATES,
    HELD_STATES,
    OPEN_STATES,
    QUEUED_STATES,
    WRITTEN_CHANNELS,
    Channel,
    Consultation,
    EndReason,
    State,
)
from chat.models.event import STAFF_KINDS, Author, Event, EventKind
from chat.models.floor import Alert, AlertKind, Draft, Invitation, Offer, OfferOutcome, QualityCheck
from chat.models.grant import Grant
from chat.models.letter import Fate, Letter, MailThread
from chat.models.news import NewsWish
from chat.models.presence import BreakReason, Choice, Presence
from chat.models.quick_reply import QuickReply
from chat.models.task import Attempt, Task, TaskKind, TaskReason, TaskState, TryResult
from chat.models.wrapup import Found, Outcome, WrapUp

__all__ = [
    "ENDED_STATES",
    "FINISHED_STATES",
    "HELD_STATES",
    "OPEN_STATES",
    "OVER",
    "QUEUED_STATES",
    "STAFF_KINDS",
    "WRITTEN_CHANNELS",
    "Alert",
    "AlertKind",
    "Attachment",
    "Attempt",
    "Author",
    "BreakReason",
    "Call",
    "CallNotice",
    "CallState",
    "Channel",
    "Choice",
    "Consultation",
    "Draft",
    "EndReason",
    "Event",
    "EventKind",
    "Fate",
    "Found",
    "Grant",
    "Invitation",
    "Letter",
    "MailThread",
    "NewsWish",
    "Offer",
    "OfferOutcome",
    "Outcome",
    "Presence",
    "QualityCheck",
    "QuickReply",
    "State",
    "Task",
    "TaskKind",
    "TaskReason",
    "TaskState",
    "TryResult",
    "WrapUp",
]
