"""Everything on the manager's page, read once: the page, its table and its CSV say the same."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from charter.compliance import Verdict
from charter.promises import Promise, Result
from charter.selectors import promises_measured
from portal.dashboard import counting
from portal.dashboard.gaps import Gaps, gaps
from portal.dashboard.metrics import Counted, Wait, counted, waits_longest
from portal.dashboard.satisfaction import Satisfaction, satisfaction
from portal.dashboard.scope import Scope


@dataclass(frozen=True, slots=True)
class Line:
    """A promise and what was counted in the period; None: nothing was."""

    promise: Promise
    result: Result | None

    @property
    def verdict(self) -> Verdict:
        return self.result.verdict if self.result else Verdict.NOT_MEASURED

    @property
    def reached(self) -> str:
        """The figure as the charter writes it; a dash where none may be shown."""
        return self.promise.reached(self.result) if self.result else "–"

    @property
    def spread(self) -> str:
        """Where the true value lies; empty where nothing may be shown."""
        return self.promise.spread(self.result) if self.result else ""


@dataclass(frozen=True)
class Overview:
    """One scope's figures."""

    scope: Scope
    counted: Counted
    satisfaction: Satisfaction
    promises: list[Promise]
    gaps: Gaps

    @property
    def is_demo(self) -> bool:
        """Whether anything on the page was generated."""
        return self.counted.is_demo or any(promise.is_demo for promise in self.promises)

    @cached_property
    def lines(self) -> list[Line]:
        """Every promise that is measured at all, with its result of the period."""
        return [
            Line(promise, next((one for one in promise.results if one.period == self.scope.period), None))
            for promise in self.promises
            if promise.is_measured
        ]

    @property
    def missed(self) -> list[Line]:
        return [line for line in self.lines if line.result and line.result.is_missed]

    @property
    def unmeasured(self) -> int:
        """How many promises nothing measures yet."""
        return sum(not promise.is_measured for promise in self.promises)

    @property
    def waits_longest(self) -> tuple[Wait, float] | None:
        return waits_longest(self.counted.waits)

    def trend(self, code: str) -> Promise | None:
        """The promise whose course is drawn: the one asked for, else the first missed one, else the first with enough
        periods to draw."""
        drawable = [promise for promise in self.promises if promise.is_share and len(promise.trend) > 1]
        missed = [line.promise for line in self.missed]
        wanted = [each for each in drawable if each.code == code] or [each for each in drawable if each in missed]
        return next(iter(wanted or drawable), None)


def overview(scope: Scope, language: str) -> Overview:
    """All figures of `scope`, each added up from the counts of months and from what came since."""
    only, known = scope.only, counting.known()
    promises = promises_measured(language, kind=scope.period.kind, institution=only.pk if only else None)
    if not scope.reach.whole_city and only is None:
        promises = [replace(promise, results=()) for promise in promises]  # the city's own are not theirs to see
    return Overview(
        scope=scope,
        counted=counted(scope, known),
        satisfaction=satisfaction(scope, language, known),
        promises=promises,
        gaps=gaps(scope, language, known),
    )
