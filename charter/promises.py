"""A promise as people read it: what was promised, what was reached, and how sure that is. Pure."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, replace

from django.utils.formats import get_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from charter.compliance import Verdict
from charter.models.standard import Direction, StandardKind
from charter.periods import Period
from portal.core.languages import Localised, current
from portal.core.readable import Readable
from portal.core.statistics import TOO_FEW_BELOW


@dataclass(frozen=True, slots=True)
class Result(Readable):
    """What was counted in one period. `value`, `low`, `high` as in `Judgement`."""

    period: Period
    numerator: int
    denominator: int
    value: float | None
    low: float | None
    high: float | None
    target: float
    verdict: Verdict
    reason: Localised
    action: Localised
    is_demo: bool
    is_running: bool = False
    act_by: dt.date | None = None

    @property
    def is_shown(self) -> bool:
        """Whether any figure may be shown."""
        return self.verdict not in (Verdict.NOTHING, Verdict.NOT_MEASURED)

    @property
    def is_judged(self) -> bool:
        return self.verdict in (Verdict.KEPT, Verdict.NOT_KEPT, Verdict.NOT_YET_CLEAR)

    @property
    def is_missed(self) -> bool:
        return self.verdict == Verdict.NOT_KEPT


@dataclass(frozen=True, slots=True)
class Promise(Readable):
    """A commitment with its standard and what was measured, newest period first."""

    code: str
    commitment: str
    area: str
    words: Localised
    name: Localised
    method: Localised
    sentence: Localised
    kind: str
    unit: str
    direction: str
    target: float
    promised_value: float | None
    legal_value: float | None
    is_proposal: bool
    is_measured: bool
    results: tuple[Result, ...] = ()
    metric: str = ""
    how: str = ""

    @property
    def latest(self) -> Result | None:
        """The newest whole period; the running one only where nothing else was measured."""
        return next((result for result in self.results if not result.is_running), self.running)

    @property
    def running(self) -> Result | None:
        """The period that is not over yet."""
        return next((result for result in self.results if result.is_running), None)

    @property
    def so_far(self) -> Result | None:
        """The running period beside a whole one."""
        running = self.running
        return running if running is not self.latest and running and running.is_shown else None

    @property
    def verdict(self) -> Verdict:
        return self.latest.verdict if self.latest else Verdict.NOT_MEASURED

    @property
    def is_share(self) -> bool:
        return self.kind == StandardKind.SHARE

    @property
    def is_demo(self) -> bool:
        return any(result.is_demo for result in self.results)

    @property
    def promised(self) -> str:
        """The target as residents read it: "95 out of 100", "99.5 %", "not a single case"."""
        if self.is_share:
            return _("%(value)s out of 100") % {"value": figure(self.kind, self.target)}
        if self.kind == StandardKind.DUTY and self.target >= 1:
            return _("every time")
        if self.kind == StandardKind.COUNT and self.direction == Direction.AT_MOST and not self.target:
            return _("not a single case")
        return with_unit(self.kind, self.target)

    def said(self, result: Result) -> Localised:
        """ "Decided in time: 87 out of 100 requests" – or, with too few cases, the plain count."""
        if not self.sentence or result.value is None or not result.is_judged:
            return Localised(self._counted(result), current())
        text = self.sentence.text.replace("{value}", reached(self, result))
        text = text.replace("{kept}", str(result.numerator)).replace("{total}", str(result.denominator))
        return replace(self.sentence, text=text)

    def reached(self, result: Result) -> str:
        """The figure alone: "87", "99.9 %", "0"; a dash where none may be shown."""
        if result.value is None or not result.is_judged:
            return "–"
        if self.kind == StandardKind.DUTY:
            return _("%(kept)s of %(total)s") % {"kept": result.numerator, "total": result.denominator}
        return reached(self, result) if self.is_share else with_unit(self.kind, result.value)

    def spread(self, result: Result) -> str:
        """Where the true value lies: "83–90"; with too few cases how many there were; empty where all is certain."""
        if not result.is_shown:
            return ""
        if result.is_judged and result.low is not None and result.high is not None:
            return f"{honest(self, result, result.low)}–{honest(self, result, result.high)}"
        if not self.is_share:
            return ""
        return ngettext("%(n)s case", "%(n)s cases", result.denominator) % {"n": result.denominator}

    def _counted(self, result: Result) -> str:
        if not result.is_shown:
            return _("Too few cases to show a figure.")
        return ngettext(
            "Kept %(kept)s times out of %(total)s. That is too few to judge.",
            "Kept %(kept)s times out of %(total)s. That is too few to judge.",
            result.numerator,
        ) % {"kept": result.numerator, "total": result.denominator}

    @property
    def trend(self) -> tuple[Result, ...]:
        """Whole periods with enough cases, oldest first; at most eight."""
        enough = [
            result
            for result in self.results
            if not result.is_running
            and result.value is not None
            and (not self.is_share or result.denominator >= TOO_FEW_BELOW)
        ]
        return tuple(reversed(enough[:8]))


def reached(promise: Promise, result: Result) -> str:
    """The value reached, as a figure."""
    return honest(promise, result, result.value or 0.0)


def honest(promise: Promise, result: Result, value: float) -> str:
    """`value` as a figure. Rounding never brings a share to the target that lies on its wrong side."""
    text = figure(promise.kind, value)
    if not promise.is_share:
        return text
    rounded, target = int(text), result.target * 100
    if promise.direction == Direction.AT_MOST:
        return str(rounded + 1 if rounded <= target < value * 100 else rounded)
    return str(rounded - 1 if value * 100 < target <= rounded else rounded)


def figure(kind: str, value: float) -> str:
    """A share out of 100, an up-time in per cent with up to two places, a count as it is."""
    if kind == StandardKind.SHARE:
        return str(math.floor(value * 100 + 0.5))
    if kind == StandardKind.COUNT:
        return str(int(value))
    return f"{math.floor(value * 10000 + 1e-6) / 100:g}".replace(".", str(get_format("DECIMAL_SEPARATOR")))


def with_unit(kind: str, value: float) -> str:
    text = figure(kind, value)
    return text if kind == StandardKind.COUNT else f"{text}\N{NO-BREAK SPACE}%"
