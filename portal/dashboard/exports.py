"""The manager's figures as rows: the same scope, the same cells kept back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from portal.core.statistics import Share, Shown
from portal.dashboard import screen
from portal.dashboard.overview import Overview

COLUMNS = ("period", "institution", "figure", "group", "value", "of", "low", "high", "note", "is_demonstration")


def rows(shown: Overview) -> list[dict[str, Any]]:
    """One row a figure."""
    only = shown.scope.only
    common = {
        "period": shown.scope.period.code,
        "institution": only.code if only else "",
        "is_demonstration": shown.is_demo,
    }
    blank = dict.fromkeys(COLUMNS)
    return [{**blank, **common, **row} for row in _figures(shown)]


def _figures(shown: Overview) -> Iterator[dict[str, Any]]:
    now = shown.counted.now
    yield {"figure": "searches", "value": now.searches}
    yield {"figure": "searches_found", "value": now.found, "of": now.searches}
    yield {"figure": "consultations", "value": now.asked}
    yield {"figure": "consultations_answered", "value": now.answered, "of": now.asked}
    yield {"figure": "content", **_share(shown.satisfaction.whole)}
    for group in shown.satisfaction.groups:
        name = screen.name_of(group, shown.scope.dimension)
        yield {"figure": f"content_by_{shown.scope.dimension.value}", "group": name, **_share(group.share)}
    for wait in shown.counted.waits:
        yield {"figure": "waiting_seconds", "group": wait.language, "value": round(wait.seconds), "of": wait.people}
    for line in shown.lines:
        result = line.result if line.result and line.result.is_shown else None
        yield {
            "figure": "promise",
            "group": line.promise.commitment,
            "value": result.numerator if result else None,
            "of": result.denominator if result else None,
            "low": _rounded(result.low) if result else None,
            "high": _rounded(result.high) if result else None,
            "note": line.verdict.value,
        }


def _share(share: Share) -> dict[str, Any]:
    if not share.is_figure:
        return {"note": share.shown.value}
    low, high = _rounded(share.interval.low), _rounded(share.interval.high)
    return {"value": share.count, "of": share.of, "low": low, "high": high, "note": Shown.FULL.value}


def _rounded(end: float | None) -> float | None:
    return None if end is None else round(end, 4)
