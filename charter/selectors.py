"""Promises with what was measured, read as plain rows: two queries, however many promises."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import Q, QuerySet

from charter.compliance import Verdict
from charter.models import MeasuredHow, Measurement, PeriodKind, ServiceStandard, Source, StandardKind
from charter.periods import Period
from charter.promises import Promise, Result
from portal.core import clock
from portal.core.compiled import compiled
from portal.core.languages import LANGUAGES, Localised, column, columns, pick
from portal.core.translations import columns_of, text
from portal.core.translations import rows as plain

_STANDARD = (
    "id",
    "code",
    "metric",
    "kind",
    "unit",
    "direction",
    "target",
    "promised_value",
    "legal_value",
    "measured",
    "source",
    "service_id",
    "institution_id",
    "commitment__code",
    "commitment__area",
    "commitment__is_proposal",
    *columns_of(("name", "method", "sentence")),
    *columns_of(("text",), prefix="commitment__"),
)
RESULT_COLUMNS = (
    "standard_id",
    "period_kind",
    "period_start",
    "numerator",
    "denominator",
    "value",
    "low",
    "high",
    "target",
    "verdict",
    "act_by",
    "is_demo",
    *columns(("reason", "action")),
)
JUDGED = (Verdict.KEPT, Verdict.NOT_KEPT, Verdict.NOT_YET_CLEAR)


def standards_in_force(today: dt.date | None = None) -> QuerySet[Any]:
    """Published standards that hold on a day, today if none is named."""
    today = today or clock.today()
    return (
        plain(ServiceStandard)
        .filter(live=True, valid_from__lte=today)
        .filter(Q(valid_until=None) | Q(valid_until__gte=today))
        .order_by("commitment__order", "commitment__code", "code")
    )


def _newest(kind: str) -> QuerySet[Any]:
    return plain(Measurement).filter(superseded_at=None, period_kind=kind).order_by("-period_start")


def _counted(since: dt.date) -> QuerySet[Any]:
    """Quarters that count, newest first."""
    return _newest(PeriodKind.QUARTER).filter(period_start__gte=since)


def _standards(build: Callable[..., QuerySet[Any]]) -> Callable[..., list[dict[str, Any]]]:
    return compiled(lambda today, *values: build(standards_in_force(today), *values).values(*_STANDARD))


def _results(build: Callable[..., QuerySet[Any]]) -> Callable[..., list[dict[str, Any]]]:
    return compiled(lambda since, *values: build(_counted(since), *values).values(*RESULT_COLUMNS))


_ALL = _standards(lambda standards: standards)
_OF_CHARTER = _standards(lambda standards, pk: standards.filter(commitment__charter=pk))
_OF_CODE = _standards(lambda standards, code: standards.filter(code=code))
_OF_SERVICE = _standards(
    lambda standards, pk: standards.filter(commitment__service=pk, institution=None).filter(
        Q(service=None) | Q(service=pk)
    )
)
_OF_INSTITUTION = _standards(
    lambda standards, pk: standards.filter(
        Q(pk__in=plain(Measurement).filter(institution=pk, superseded_at=None).values("standard")) | Q(institution=pk)
    )
)
_JUDGED = _standards(
    lambda standards: standards.filter(
        kind=StandardKind.SHARE,
        pk__in=plain(Measurement)
        .filter(institution=None, superseded_at=None, period_kind=PeriodKind.QUARTER, verdict__in=JUDGED)
        .values("standard"),
    )
)
_CITY = _results(lambda counted: counted.filter(institution=None))
_CITY_OF_CODES = _results(lambda counted, codes: counted.filter(institution=None, standard__code__in=codes))
_CITY_OF_SERVICE = _results(lambda counted, pk: counted.filter(institution=None, standard__commitment__service=pk))
_PLACE = _results(lambda counted, pk: counted.filter(institution=pk))


def all_promises(language: str, *, since: dt.date | None = None) -> list[Promise]:
    """Every promise with its results for the whole city, in the charter's order."""
    return _with_results(_ALL(clock.today()), _CITY(since or _recently()), language)


def promises_of_charter(charter_id: int, language: str, *, on: dt.date | None = None) -> list[Promise]:
    """The promises of one version of the charter, as they held on a day, today if none is named."""
    return _with_results(_OF_CHARTER(on or clock.today(), charter_id), _CITY(_recently()), language)


def promises_measured(language: str, *, kind: str, institution: int | None) -> list[Promise]:
    """Every promise with its results by month or by quarter, of one institution or (None) of the whole city."""
    counted = _newest(kind).filter(institution=institution).values(*RESULT_COLUMNS)
    return _with_results(_ALL(clock.today()), counted, language)


def judged_promises(language: str, *, limit: int) -> list[Promise]:
    """The charter's first promises that a whole quarter was judged by – kept or not, nobody picks them."""
    standards = _JUDGED(clock.today())[:limit]
    return _with_results(standards, _CITY_OF_CODES(_recently(), [row["code"] for row in standards]), language)


def promise(standard_code: str, language: str) -> Promise | None:
    """One promise by the code of its standard; None when it is not in force."""
    rows = _OF_CODE(clock.today(), standard_code)
    return next(iter(_with_results(rows, _CITY_OF_CODES(_recently(), [standard_code]), language)), None)


def promises_of_service(service_id: int, language: str) -> list[Promise]:
    """What is promised where this service is given.

    A standard made for the service stands in the general one's place; what is promised about the service itself
    stands before what is promised about how we speak.
    """
    rows = _OF_SERVICE(clock.today(), service_id)
    own = {row["commitment__code"] for row in rows if row["service_id"]}
    mine = [row for row in rows if row["service_id"] or row["commitment__code"] not in own]
    mine.sort(key=lambda row: row["source"] != Source.CASES)
    return _with_results(mine, _CITY_OF_SERVICE(_recently(), service_id), language)


def promises_of_institution(institution_id: int, language: str) -> list[Promise]:
    """What was measured in one institution, by its own figures."""
    rows = _OF_INSTITUTION(clock.today(), institution_id)
    return _with_results(rows, _PLACE(_recently(), institution_id), language)


def _recently() -> dt.date:
    """Pages show the quarters of the last three years; the data hold all."""
    today = clock.today()
    return dt.date(today.year - 3, 1, 1)


def _with_results(
    standards: Iterable[Mapping[str, Any]], counted: Iterable[Mapping[str, Any]], language: str
) -> list[Promise]:
    results: dict[int, list[Result]] = defaultdict(list)
    for row in counted:
        results[row["standard_id"]].append(result_of(row, language))
    return [_promise(row, language, tuple(results.get(row["id"], ()))) for row in standards]


def result_of(row: Mapping[str, Any], language: str) -> Result:
    """One measurement as it may be shown."""
    period = Period(row["period_start"], row["period_kind"])
    verdict = Verdict(row["verdict"])
    hidden = verdict in (Verdict.NOTHING, Verdict.NOT_MEASURED)
    return Result(
        period=period,
        numerator=0 if hidden else row["numerator"],
        denominator=0 if hidden else row["denominator"],
        value=None if hidden else row["value"],
        low=None if hidden else row["low"],
        high=None if hidden else row["high"],
        target=row["target"],
        verdict=verdict,
        reason=_said(row, "reason", language),
        action=_said(row, "action", language),
        act_by=row["act_by"],
        is_demo=row["is_demo"],
        is_running=not period.is_over(clock.today()),
    )


def _said(row: Mapping[str, Any], field: str, language: str) -> Localised:
    return pick({code: row[column(field, code)] for code in LANGUAGES}, language)


def _promise(row: Mapping[str, Any], language: str, results: tuple[Result, ...]) -> Promise:
    return Promise(
        code=row["code"],
        commitment=row["commitment__code"],
        area=row["commitment__area"],
        words=text(row, "text", language, prefix="commitment__"),
        name=text(row, "name", language),
        method=text(row, "method", language),
        sentence=text(row, "sentence", language),
        kind=row["kind"],
        unit=row["unit"],
        direction=row["direction"],
        target=float(row["target"]),
        promised_value=_number(row["promised_value"]),
        legal_value=_number(row["legal_value"]),
        is_proposal=row["commitment__is_proposal"],
        is_measured=row["measured"] != MeasuredHow.NOT_YET,
        results=results,
        metric=row["metric"],
        how=row["measured"],
    )


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
