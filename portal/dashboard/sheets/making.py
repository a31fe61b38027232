"""A measured sheet from its measures: reads them once, draws one, and says what needs attention."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from charter.models import StandardKind
from charter.periods import Period
from charter.selectors import standards_in_force
from portal.core.languages import Localised
from portal.dashboard import counting, periods
from portal.dashboard.names import names_of
from portal.dashboard.scope import Dimension, Scope
from portal.dashboard.sheets import saying
from portal.dashboard.sheets.figures import Course, Figure, Kept, courses, kept, wanted_periods
from portal.dashboard.sheets.form import GroupLine, Line, Listing, Need, Sheet
from portal.dashboard.sheets.measures import Measure

MONTHS_DRAWN, QUARTERS_DRAWN = 12, 6
GROUPS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Measured:
    """The measured part of a sheet."""

    lines: tuple[Line, ...]
    drawn: Line | None
    course: tuple[tuple[Period, Figure], ...]
    columns: tuple[Measure, ...]
    groups: tuple[GroupLine, ...]
    needs: tuple[Need, ...]
    is_demo: bool


def measured(measures: Sequence[Measure], scope: Scope, language: str, known: counting.Known, *, draw: str) -> Measured:
    """Lines, course and groups of `measures`; `draw` names the one to draw, else the first that is a share."""
    many = MONTHS_DRAWN if scope.period.kind == "month" else QUARTERS_DRAWN
    back = wanted_periods(scope.period, many)
    found, keys, is_demo = courses(measures, scope, known, back=back)
    targets = _targets()
    lines = [_line(found[each.code], scope.period, targets) for each in measures if each.code in found]
    drawn = next((line for line in lines if line.measure.code == draw), None) or next(
        (line for line in lines if line.measure.unit.is_share), next(iter(lines), None)
    )
    columns = tuple(
        each for each in measures if each.code in found and each.ground and scope.dimension in each.ground.by
    )
    groups = () if scope.is_open else _groups(columns, found, keys[:GROUPS_SHOWN], scope, language)
    return Measured(
        lines=tuple(lines),
        drawn=drawn,
        course=tuple((period, found[drawn.measure.code].of(period)) for period in back) if drawn else (),
        columns=columns,
        groups=groups,
        needs=(*_missed(lines), *_fallen(lines), *_apart(columns, groups, lines)),
        is_demo=is_demo,
    )


def _line(course: Course, period: Period, targets: dict[str, float]) -> Line:
    promised = {targets.get(metric) for metric in course.measure.metrics}
    target = promised.pop() if len(promised) == 1 else None
    return Line(course.measure, course.of(period), course.of(periods.before(period)), target)


def _targets() -> dict[str, float]:
    """What is promised to everybody today, by metric: one query."""
    rows = standards_in_force().filter(kind=StandardKind.SHARE, service=None, institution=None)
    return {metric: float(target) for metric, target in rows.values_list("metric", "target")}


def _groups(
    columns: Sequence[Measure], found: dict[str, Course], keys: Sequence[object], scope: Scope, language: str
) -> tuple[GroupLine, ...]:
    names = names_of(scope.dimension, keys, language)
    return tuple(
        GroupLine(
            key,
            names.get(key, Localised(str(key), language)),
            {each.code: found[each.code].groups.get(key, _absent(each, key, scope)) for each in columns},
        )
        for key in keys
    )


def _absent(measure: Measure, key: object, scope: Scope) -> Figure:
    """No cases look like few – but of a channel that the measure does not know there can be none."""
    is_none = measure.channels and scope.dimension is Dimension.CHANNEL and key not in measure.channels
    return kept(measure.unit, Kept.NONE if is_none else Kept.BACK)


def _missed(lines: Sequence[Line]) -> list[Need]:
    """Shares that clearly lie under what was promised."""
    return [
        Need(
            _("%(name)s: %(value)s, promised %(target)s.")
            % {
                "name": line.measure.name,
                "value": saying.said(line.now),
                "target": saying.amount(line.now.unit, line.target),
            }
        )
        for line in lines
        if line.target is not None and line.now.interval and line.now.interval.high < line.target
    ]


def _fallen(lines: Sequence[Line]) -> list[Need]:
    """Shares that clearly became worse."""
    return [
        Need(
            _("%(name)s: %(value)s, clearly worse than in the period before (%(before)s).")
            % {"name": line.measure.name, "value": saying.said(line.now), "before": saying.said(line.before)}
        )
        for line in lines
        if line.measure.better and line.now.differs_from(line.before) == -line.measure.better
    ]


def _apart(columns: Sequence[Measure], groups: Sequence[GroupLine], lines: Sequence[Line]) -> list[Need]:
    """Groups that clearly fare worse than the whole: the intervals do not overlap."""
    whole = {line.measure.code: line.now for line in lines}
    return [
        Need(
            _("%(name)s, %(group)s: %(value)s, clearly worse than the whole (%(whole)s).")
            % {
                "name": each.name,
                "group": group.name.text,
                "value": saying.said(group.figures[each.code]),
                "whole": saying.said(whole[each.code]),
            }
        )
        for each in columns
        for group in groups
        if each.better and group.figures[each.code].differs_from(whole[each.code]) == -each.better
    ]


def as_sheet(
    code: str,
    title: str,
    scope: Scope,
    found: Measured,
    *,
    needs: Sequence[Need] = (),
    listings: Sequence[Listing] = (),
    definitions: Sequence[str] = (),
) -> Sheet:
    """The whole sheet: `needs` of today stand before those that the figures show."""
    return Sheet(
        code=code,
        title=title,
        scope=scope,
        needs=(*needs, *found.needs),
        lines=found.lines,
        drawn=found.drawn,
        choices=tuple((line.measure.code, str(line.measure.name)) for line in found.lines),
        course=found.course,
        columns=found.columns,
        groups=found.groups,
        listings=tuple(listings),
        definitions=tuple(definitions),
        is_demo=found.is_demo,
    )
