"""What residents say: ratings, votes on pages, appeals."""

from charter.feedback.models.appeal import (
    OPEN_STATES,
    Appeal,
    AppealAnswer,
    AppealEvent,
    AppealFile,
    AppealKind,
    AppealOutcome,
    AppealState,
    Deed,
)
from charter.feedback.models.rating import EntryKind, PageVote, Rating

__all__ = [
    "OPEN_STATES",
    "Appeal",
    "AppealAnswer",
    "AppealEvent",
    "AppealFile",
    "AppealKind",
    "AppealOutcome",
    "AppealState",
    "Deed",
    "EntryKind",
    "PageVote",
    "Rating",
]
