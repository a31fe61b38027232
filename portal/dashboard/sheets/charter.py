"""The sheet of the charter: which promises were kept, which were not, and whether somebody said why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from charter.compliance import Verdict
from charter.models import PeriodKind
from charter.performance import PlaceRow, places_of
from charter.periods import Period
from charter.promises import Promise, Result
from charter.selectors import promises_measured
from portal.core import clock
from portal.core.statistics import Interval
from portal.dashboard import counting, periods
from portal.dashboard.names import names_of
from portal.dashboard.overview import Line as Kept
from portal.dashboard.scope import Dimension, Scope
from portal.dashboard.sheets.figures import Figure, wanted_periods
from portal.dashboard.sheets.figures import Kept as Why
from portal.dashboard.sheets.figures import kept as kept_back
from portal.dashboard.sheets.form import Cell, GroupLine, Line, Listing, Need, Sheet
from portal.dashboard.sheets.making import MONTHS_DRAWN, QUARTERS_DRAWN
from portal.dashboard.sheets.measures import Measure, Unit

DIMENSIONS = (Dimension.AREA, Dimension.INSTITUTION)
KEPT = Measure("kept", None, Unit.COUNT, _lazy("Kept"), _lazy("The whole interval lies on the promised side."))
MISSED = Measure(
    "missed", None, Unit.COUNT, _lazy("Not kept"), _lazy("The whole interval lies on the wrong side."), better=-1
)
UNCLEAR = Measure("unclear", None, Unit.COUNT, _lazy("Not yet clear"), _lazy("The promise lies within the interval."))
SILENT = Measure(
    "silent",
    None,
    Unit.COUNT,
    _lazy("Nothing to judge"),
    _lazy("Too few cases, or nothing was measured in this period."),
)
_VERDICTS = {Verdict.KEPT: KEPT, Verdict.NOT_KEPT: MISSED, Verdict.NOT_YET_CLEAR: UNCLEAR}
MEASURES = (KEPT, MISSED, UNCLEAR, SILENT)


def make(scope: Scope, language: str, known: counting.Known, *, draw: str) -> Sheet:
    """The sheet of one scope: three queries."""
    only = scope.only
    promises = promises_measured(language, kind=scope.period.kind, institution=only.pk if only else None)
    if not scope.reach.whole_city and only is None:
        promises = [replace(each, results=()) for each in promises]  # the city's own are not theirs to see
    now, before = _of(promises, scope.period), _of(promises, periods.before(scope.period))
    drawn = _drawn(promises, now, draw)
    by_place = scope.dimension is Dimension.INSTITUTION
    groups = _places(promises, drawn, scope, language) if by_place else _areas(now, language)
    return Sheet(
        code="charter",
        title=_("Promises"),
        scope=scope,
        needs=(*_unexplained(now), *_overdue(now)),
        lines=tuple(Line(each, _count(now, each), _count(before, each)) for each in MEASURES),
        drawn=_line(drawn, scope.period) if drawn else None,
        choices=tuple((each.code, each.name.text) for each in promises if each.is_share and each.is_measured),
        course=_course(drawn, scope.period) if drawn else (),
        columns=(_measure(drawn),) if by_place and drawn else () if by_place else MEASURES,
        groups=groups,
        listings=(_listing(now),),
        definitions=(
            _("A promise is judged by the interval of what was reached; from 10 to 29 cases it is not judged."),
            _("By institution one promise is shown at a time, by whole quarters; choose it under “Course of”."),
        ),
        is_demo=any(each.is_demo for each in promises),
    )


def _of(promises: Sequence[Promise], period: Period) -> list[Kept]:
    return [
        Kept(each, next((one for one in each.results if one.period == period), None))
        for each in promises
        if each.is_measured
    ]


def _measure_of(line: Kept) -> Measure:
    return _VERDICTS.get(line.verdict, SILENT)


def _counted(many: int) -> Figure:
    """A count of promises: they are about nobody, so it is always shown."""
    return Figure(Unit.COUNT, float(many), None, many, None, Why.NONE)


def _count(lines: Sequence[Kept], measure: Measure) -> Figure:
    return _counted(sum(_measure_of(line) is measure for line in lines))


def _drawn(promises: Sequence[Promise], now: Sequence[Kept], draw: str) -> Promise | None:
    """The promise asked for, else the first one missed, else the first with a course."""
    shares = [each for each in promises if each.is_share and each.is_measured]
    missed = [line.promise for line in now if line.result and line.result.is_missed and line.promise.is_share]
    asked = [each for each in shares if each.code == draw]
    return next(iter(asked or missed or [each for each in shares if len(each.trend) > 1] or shares), None)


def _measure(promise: Promise) -> Measure:
    return Measure(promise.code, None, Unit.SHARE, promise.name.text, promise.method.text, better=1)


def _line(promise: Promise, period: Period) -> Line:
    by_period = {one.period: one for one in promise.results}
    now, before = (by_period.get(each) for each in (period, periods.before(period)))
    return Line(_measure(promise), _figure(now), _figure(before), promise.target)


def _course(promise: Promise, period: Period) -> tuple[tuple[Period, Figure], ...]:
    by_period = {one.period: one for one in promise.results}
    many = MONTHS_DRAWN if period.kind == PeriodKind.MONTH else QUARTERS_DRAWN
    return tuple((each, _figure(by_period.get(each))) for each in wanted_periods(period, many))


def _figure(result: Result | None) -> Figure:
    """A result as its verdict lets it be shown: that was decided when it was measured."""
    if result is None or not result.is_shown:
        return kept_back(Unit.SHARE, Why.BACK)
    if not result.is_judged or result.value is None:
        return kept_back(Unit.SHARE, Why.TOO_FEW)
    interval = Interval(result.low, result.high) if result.low is not None and result.high is not None else None
    return Figure(Unit.SHARE, result.value, result.numerator, result.denominator, interval, Why.NONE)


def _areas(now: Sequence[Kept], language: str) -> tuple[GroupLine, ...]:
    counts = Counter((line.promise.area, _measure_of(line).code) for line in now)
    areas = list(dict.fromkeys(line.promise.area for line in now))
    names = names_of(Dimension.AREA, areas, language)
    return tuple(
        GroupLine(area, names[area], {each.code: _counted(counts[area, each.code]) for each in MEASURES})
        for area in areas
    )


def _places(promises: Sequence[Promise], drawn: Promise | None, scope: Scope, language: str) -> tuple[GroupLine, ...]:
    """The drawn promise by institution, as the charter publishes it; in the order of the institutions, not ranked."""
    if drawn is None or scope.period.kind != PeriodKind.QUARTER or scope.is_open:
        return ()
    found = places_of([each for each in promises if each is drawn], language, period_start=scope.period.start)
    mine = {office.code for office in scope.offices}
    return tuple(_place(drawn, row) for row in found if row.code in mine)


def _place(drawn: Promise, row: PlaceRow) -> GroupLine:
    return GroupLine(row.code, row.name, {drawn.code: _figure(row.result)})


def _unexplained(now: Sequence[Kept]) -> list[Need]:
    silent = sum(
        bool(line.result and line.result.is_missed and not (line.result.reason and line.result.action)) for line in now
    )
    if not silent:
        return []
    text = ngettext(
        "%(n)s missed promise is not explained yet.", "%(n)s missed promises are not explained yet.", silent
    )
    return [Need(text % {"n": silent}, reverse("dashboard:promises"))]


def _overdue(now: Sequence[Kept]) -> list[Need]:
    """What we said we would do by a day that has passed, while the promise is still missed."""
    today = clock.today()
    return [
        Need(
            _("%(name)s: what we announced was to be done by %(day)s.")
            % {"name": line.promise.name.text, "day": date_format(line.result.act_by, "DATE_FORMAT")},
            reverse("dashboard:promise", args=[line.promise.code]),
        )
        for line in now
        if line.result and line.result.is_missed and line.result.act_by and line.result.act_by < today
    ]


def _listing(now: Sequence[Kept]) -> Listing:
    order = {Verdict.NOT_KEPT: 0, Verdict.NOT_YET_CLEAR: 1, Verdict.KEPT: 2}
    rows = [_row(line) for line in sorted(now, key=lambda line: order.get(line.verdict, 3))]
    return Listing(
        "promise",
        _("Promises in this period"),
        (_("Promise"), _("Result"), _("Promised"), _("Reached"), _("Range"), _("Why, and what we do")),
        tuple(rows),
        _("No promise is measured yet."),
    )


def _row(line: Kept) -> tuple[Cell, ...]:
    result = line.result
    why = ""
    if result and result.is_missed:
        why = f"{result.reason.text} {result.action.text}".strip() or _("Not explained yet")
    number = result.value if result and result.is_judged else None
    return (
        Cell(line.promise.words.text, url=reverse("dashboard:promise", args=[line.promise.code])),
        Cell(str(line.verdict.label)),
        Cell(line.promise.promised),
        Cell(line.reached, number),
        Cell(line.spread),
        Cell(why),
    )
