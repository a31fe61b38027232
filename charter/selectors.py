"""Promises with what was measured, read as plain rows: two queries, however many promises."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q, QuerySet

from charter.compliance import Verdict
from charter.models import MeasuredHow, Measurement, PeriodKind, ServiceStandard, StandardKind
from charter.periods import Period
from charter.promises import Promise, Result
from portal.core import clock
from portal.core.languages import DEFAULT, Localised
from portal.core.translations import columns_of, text

_STANDARD = (
    "id",
    "code",
    "kind",
    "unit",
    "direction",
    "target",
    "promised_value",
    "legal_value",
    "measured",
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
    "reason",
    "action",
    "is_demo",
)
_NOTHING = Localised("", DEFAULT)


def standards_in_force() -> QuerySet[ServiceStandard]:
    """Published standards that hold today."""
    today = clock.today()
    return (
        ServiceStandard.objects.filter(live=True, valid_from__lte=today)
        .filter(Q(valid_until=None) | Q(valid_until__gte=today))
        .order_by("commitment__order", "commitment__code", "code")
    )


def all_promises(language: str) -> list[Promise]:
    """Every promise with its results for the whole city, in the charter's order."""
    return _promises(standards_in_force(), language)


def promises_of_charter(charter_id: int, language: str) -> list[Promise]:
    """The promises of one version of the charter."""
    return _promises(standards_in_force().filter(commitment__charter=charter_id), language)


def promises_measured(language: str, *, kind: str, institution: int | None) -> list[Promise]:
    """Every promise with its results by month or by quarter, of one institution or (None) of the whole city."""
    return _with_results(list(standards_in_force().values(*_STANDARD)), language, institution, kind)


def judged_promises(language: str, *, limit: int) -> list[Promise]:
    """The charter's first promises that a whole quarter was judged by – kept or not, nobody picks them."""
    judged = (Verdict.KEPT, Verdict.NOT_KEPT, Verdict.NOT_YET_CLEAR)
    counted = Measurement.objects.filter(
        institution=None, superseded_at=None, period_kind=PeriodKind.QUARTER, verdict__in=judged
    ).values("standard")
    return _promises(standards_in_force().filter(kind=StandardKind.SHARE, pk__in=counted)[:limit], language)


def promise(standard_code: str, language: str) -> Promise | None:
    """One promise by the code of its standard; None when it is not in force."""
    return next(iter(_promises(standards_in_force().filter(code=standard_code), language)), None)


def promises_of_service(service_id: int, language: str) -> list[Promise]:
    """What is promised where this service is given; a standard made for the service stands before the general one."""
    mine = standards_in_force().filter(commitment__service=service_id, institution=None)
    rows = list(mine.filter(Q(service=None) | Q(service=service_id)).values(*_STANDARD))
    own = {row["commitment__code"] for row in rows if row["service_id"]}
    return _with_results([row for row in rows if row["service_id"] or row["commitment__code"] not in own], language)


def promises_of_institution(institution_id: int, language: str) -> list[Promise]:
    """What was measured in one institution, by its own figures."""
    measured = Measurement.objects.filter(institution=institution_id, superseded_at=None).values("standard")
    mine = standards_in_force().filter(Q(pk__in=measured) | Q(institution=institution_id))
    return _promises(mine, language, institution=institution_id)


def _promises(standards: QuerySet[ServiceStandard], language: str, institution: int | None = None) -> list[Promise]:
    return _with_results(list(standards.values(*_STANDARD)), language, institution)


def _with_results(
    rows: list[dict[str, Any]], language: str, institution: int | None = None, kind: str = PeriodKind.QUARTER
) -> list[Promise]:
    results = _results([row["id"] for row in rows], language, institution, kind) if rows else {}
    return [_promise(row, language, results.get(row["id"], ())) for row in rows]


def _results(
    standards: Iterable[int], language: str, institution: int | None, kind: str
) -> Mapping[int, tuple[Result, ...]]:
    found = Measurement.objects.filter(
        standard__in=standards, institution=institution, superseded_at=None, period_kind=kind
    )
    results: dict[int, list[Result]] = defaultdict(list)
    for row in found.order_by("-period_start").values(*RESULT_COLUMNS):
        results[row["standard_id"]].append(result_of(row, language))
    return {standard: tuple(of) for standard, of in results.items()}


def result_of(row: Mapping[str, Any], language: str) -> Result:
    """One measurement as it may be shown. Its words are written once, in the municipality's language."""
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
        reason=_said(row["reason"], language),
        action=_said(row["action"], language),
        is_demo=row["is_demo"],
        is_running=not period.is_over(clock.today()),
    )


def _said(words: str, language: str) -> Localised:
    return Localised(words, DEFAULT, language != DEFAULT) if words else _NOTHING


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
    )


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
