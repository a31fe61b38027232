"""Why staff open a resident's case: a closed list, so that the resident reads the reason in their own language."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


class Cause(enum.StrEnum):
    """What the resident's page, the audit and the supervisor's view call a reason."""

    QUESTION = "question"
    PAPERS = "papers"
    HELPER = "helper"
    CALL_BACK = "call_back"
    COMPLAINT = "complaint"
    CHECK = "check"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class About:
    """The words of a reason; `is_spoken`: somebody is on the line, so that who it is has to be checked first."""

    words: Any
    is_spoken: bool = False


CAUSES = {
    Cause.QUESTION: About(_("The person asks about their request"), is_spoken=True),
    Cause.PAPERS: About(_("The person hands in a document or tells something new"), is_spoken=True),
    Cause.HELPER: About(_("Somebody who helps the person asks for them"), is_spoken=True),
    Cause.CALL_BACK: About(_("An answer or a call back is being prepared")),
    Cause.COMPLAINT: About(_("A complaint or an appeal is being looked into")),
    Cause.CHECK: About(_("The quality of our work is being checked")),
    Cause.OTHER: About(_("Another reason, said in words")),
}


def choices() -> list[tuple[str, Any]]:
    return [(cause.value, about.words) for cause, about in CAUSES.items()]


def is_spoken(cause: str) -> bool:
    """Whether somebody is on the line. A reason from before there was a list is not held to it."""
    return cause in CAUSES and CAUSES[Cause(cause)].is_spoken


def words_of(cause: str) -> Any:
    return CAUSES[Cause(cause)].words if cause in CAUSES else ""
