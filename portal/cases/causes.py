"""Why staff open a resident's case: a list the office keeps, so that the resident reads it in their own language."""

from __future__ import annotations

from dataclasses import dataclass

from portal.cases.models import OpeningCause
from portal.core.languages import LANGUAGES, Localised, column, current, pick


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason as it reads in the page's language; see `OpeningCause`."""

    code: str
    words: Localised
    is_spoken: bool
    is_helper: bool
    needs_words: bool
    is_live: bool


NONE = Cause("", Localised("", "lt"), is_spoken=False, is_helper=False, needs_words=False, is_live=False)
_FLAGS = ("is_spoken", "is_helper", "needs_words", "is_live")
_WORDS = {code: column("words", code) for code in LANGUAGES}


def known() -> dict[str, Cause]:
    """All reasons by code, in their order, the retired ones too: old openings name them. One query."""
    rows = OpeningCause.objects.values("code", *_FLAGS, *_WORDS.values())
    return {
        row["code"]: Cause(
            code=row["code"],
            words=pick({code: row[name] for code, name in _WORDS.items()}, current()),
            **{flag: row[flag] for flag in _FLAGS},
        )
        for row in rows
    }


def find(code: str) -> Cause:
    """The reason of this code. What was opened before there was a list has none: `NONE`, which asks for no check."""
    return known().get(code, NONE) if code else NONE


def choices() -> list[Cause]:
    """What may be chosen today."""
    return [cause for cause in known().values() if cause.is_live]


def of_conversation() -> str:
    """What is most likely the reason out of a conversation: the first of somebody who is on the line for themselves."""
    return next((cause.code for cause in choices() if cause.is_spoken and not cause.is_helper), "")


def spoken() -> list[str]:
    """Codes of the reasons for which somebody is on the line."""
    return list(OpeningCause.objects.filter(is_spoken=True).values_list("code", flat=True))
