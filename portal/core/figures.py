"""Figures in words: numbers, shares and their intervals, and how much of a share of people may be said."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from portal.core.statistics import Interval, Share, Shown

NBSP = "\N{NO-BREAK SPACE}"
_ROUGHLY = {Shown.NOTHING: "–", Shown.TOO_FEW: "10–29", Shown.DIRECTION: "30–49"}


def number(n: int) -> str:
    return str(number_format(n, force_grouping=True))


def percent(share: float) -> str:
    return f"{round(share * 100)}{NBSP}%"


def spread(interval: Interval) -> str:
    """Both ends of a share, in per cent."""
    return f"{round(interval.low * 100)}–{round(interval.high * 100)}{NBSP}%"


def said(share: Share, *, most: str, most_not: str) -> str:
    """A share in a word or a figure, as far as it may be said. `most`, `most_not`: to which side people lean."""
    if share.shown is Shown.FULL:
        return percent(share.value)
    if share.shown is Shown.NOTHING:
        return _("kept back")
    if share.shown is Shown.TOO_FEW:
        return _("too few answers")
    if share.interval.low > 0.5:
        return most
    return most_not if share.interval.high < 0.5 else _("opinions differ")


def roughly(shown: Shown, of: int) -> str:
    """How many answered; only roughly where the share itself is not shown."""
    return _ROUGHLY.get(shown) or number(of)
