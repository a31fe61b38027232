"""Checking who one speaks with, before anything is read out: what may be asked, and how much is enough.

Staff tick what fitted. What was said is kept nowhere.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

ENOUGH = 3
ASKED = ("name", "birth_date", "address", "personal_code_end", "case_number")


def questions() -> list[tuple[str, str]]:
    """What may be asked, in the order in which it is easiest."""
    words = (
        _("First and last name"),
        _("Date of birth"),
        _("Address"),
        _("Last four digits of the personal code"),
        _("Number of the request or of an earlier conversation"),
    )
    return list(zip(ASKED, words, strict=True))


def is_enough(fitted: list[str]) -> bool:
    """Whether so much fitted that something personal may be said."""
    return len(set(fitted) & set(ASKED)) >= ENOUGH
