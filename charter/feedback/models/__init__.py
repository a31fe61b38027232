"""What residents say – ratings, votes on pages, appeals – and what is changed because of it."""

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
from charter.feedback.models.improvement import (
    RUNNING_STAGES,
    Idea,
    IdeaState,
    Improvement,
    ImprovementGoal,
    ImprovementStage,
    ImprovementStep,
    Origin,
    Story,
)
from charter.feedback.models.rating import EntryKind, PageVote, RatedOnce, Rating, RatingChannel, RatingWords, Tone

__all__ = [
    "OPEN_STATES",
    "RUNNING_STAGES",
    "Appeal",
    "AppealAnswer",
    "AppealEvent",
    "AppealFile",
    "AppealKind",
    "AppealOutcome",
    "AppealState",
    "Deed",
    "EntryKind",
    "Idea",
    "IdeaState",
    "Improvement",
    "ImprovementGoal",
    "ImprovementStage",
    "ImprovementStep",
    "Origin",
    "PageVote",
    "RatedOnce",
    "Rating",
    "RatingChannel",
    "RatingWords",
    "Story",
    "Tone",
]
