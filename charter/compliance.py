"""Whether a promise is kept: a verdict from counts and a target. Pure – no database, no clock."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from charter.models.standard import Direction, StandardKind
from portal.core.statistics import Interval, Shown, how_much, wilson


class Verdict(TextChoices):
    """What is said about a promise in one period."""

    KEPT = "kept", _("Kept")
    NOT_KEPT = "not_kept", _("Not kept")
    NOT_YET_CLEAR = "not_yet_clear", _("Not yet clear")
    TOO_FEW = "too_few", _("Too few to judge")
    NOTHING = "nothing", _("Too few to show")
    NOT_MEASURED = "not_measured", _("Not measured yet")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A figure and what it means. Shares are 0–1 with their interval; a count is the count and has none."""

    value: float | None
    low: float | None
    high: float | None
    verdict: Verdict


def judge(
    kind: str, direction: str, numerator: int | None, denominator: int | None, target: Decimal | float
) -> Judgement:
    """Judge one period of a standard.

    Shares of people's cases are judged by their interval, from 30 cases on. Counts, up-time and calendar duties
    are compared plainly: every month or minute was counted, so nothing is uncertain. None: nobody has measured.
    """
    if numerator is None or denominator is None:
        return Judgement(None, None, None, Verdict.NOT_MEASURED)
    if kind == StandardKind.SHARE:
        return _judge_share(direction, numerator, denominator, float(target))
    if kind == StandardKind.COUNT:
        return _compare(direction, float(numerator), float(target))
    if denominator == 0:
        return Judgement(None, None, None, Verdict.NOT_MEASURED)
    return _compare(direction, numerator / denominator, float(target))


def _judge_share(direction: str, numerator: int, denominator: int, target: float) -> Judgement:
    if denominator == 0:
        return Judgement(None, None, None, Verdict.NOTHING)
    interval = wilson(numerator, denominator)
    shown = how_much(denominator)
    if shown is Shown.NOTHING:
        verdict = Verdict.NOTHING
    elif shown is Shown.TOO_FEW:
        verdict = Verdict.TOO_FEW
    else:
        verdict = _by_interval(direction, interval, target)
    return Judgement(numerator / denominator, interval.low, interval.high, verdict)


def _by_interval(direction: str, interval: Interval, target: float) -> Verdict:
    at_least = direction == Direction.AT_LEAST
    if interval.low >= target if at_least else interval.high <= target:
        return Verdict.KEPT
    if interval.high < target if at_least else interval.low > target:
        return Verdict.NOT_KEPT
    return Verdict.NOT_YET_CLEAR


def _compare(direction: str, value: float, target: float) -> Judgement:
    is_kept = value >= target if direction == Direction.AT_LEAST else value <= target
    return Judgement(value, None, None, Verdict.KEPT if is_kept else Verdict.NOT_KEPT)
