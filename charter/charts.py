"""Charts of a promise as numbers for SVG: where the dot, the band and the dashes stand. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from charter.promises import Promise, Result, figure, honest, reached
from portal.core.readable import Readable

GAUGE_START, GAUGE_WIDTH = 10.0, 300.0
TREND_WIDTH, TREND_HEIGHT, TREND_MARGIN = 180.0, 48.0, 8.0


def _at(number: float) -> str:
    """A coordinate: a point for the decimal mark in every language."""
    return f"{number:.1f}"


@dataclass(frozen=True, slots=True)
class Gauge(Readable):
    """The scale from 50 (or 0) to 100 with what was promised and reached."""

    dot: str
    band_from: str
    band_width: str
    band_to: str
    target: str
    scale_from: str
    reached: str
    promised: str
    low: str
    high: str
    label_dot: str
    anchor_dot: str
    label_target: str
    anchor_target: str
    shows_start: bool
    shows_end: bool


def gauge(promise: Promise, result: Result | None) -> Gauge | None:
    """The gauge of a judged share; None where there is no interval to draw."""
    if result is None or not promise.is_share or not result.is_judged or result.value is None:
        return None
    low, high = result.low or 0.0, result.high or 0.0
    start = 0.5 if min(low, promise.target, result.value) >= 0.5 else 0.0

    def place(share: float) -> float:
        return GAUGE_START + (share - start) / (1 - start) * GAUGE_WIDTH

    dot, target = place(result.value), place(promise.target)
    return Gauge(
        dot=_at(dot),
        band_from=_at(place(low)),
        band_width=_at(place(high) - place(low)),
        band_to=_at(place(high)),
        target=_at(target),
        scale_from=figure("share", start),
        reached=reached(promise, result),
        promised=figure("share", promise.target),
        low=honest(promise, result, low),
        high=honest(promise, result, high),
        label_dot=_at(dot),
        anchor_dot=_anchor(dot),
        label_target=_at(target),
        anchor_target=_anchor(target),
        shows_start=dot > GAUGE_START + 0.35 * GAUGE_WIDTH,
        shows_end=dot < GAUGE_START + 0.7 * GAUGE_WIDTH,
    )


def _anchor(x: float) -> str:
    """Which end of a word stands at `x`, so that it stays on the drawing."""
    if x > GAUGE_START + 0.7 * GAUGE_WIDTH:
        return "end"
    return "mid" if x > GAUGE_START + 0.2 * GAUGE_WIDTH else ""


@dataclass(frozen=True, slots=True)
class Trend(Readable):
    """A line through the quarters, with the target and the last point."""

    points: str
    last_x: str
    last_y: str
    target_y: str
    first: str
    last: str
    since: str


def trend(promise: Promise) -> Trend | None:
    """The line of a share's quarters; None for fewer than two."""
    results = [result for result in promise.trend if result.value is not None]
    if len(results) < 2 or not promise.is_share:
        return None
    values = [result.value or 0.0 for result in results]
    floor, top = min(*values, promise.target) - 0.02, max(*values, promise.target) + 0.02
    step = (TREND_WIDTH - 2 * TREND_MARGIN) / (len(values) - 1)

    def height(value: float) -> float:
        return TREND_HEIGHT - TREND_MARGIN - (value - floor) / (top - floor) * (TREND_HEIGHT - 2 * TREND_MARGIN)

    points = [(TREND_MARGIN + place * step, height(value)) for place, value in enumerate(values)]
    return Trend(
        points=" ".join(f"{_at(x)},{_at(y)}" for x, y in points),
        last_x=_at(points[-1][0]),
        last_y=_at(points[-1][1]),
        target_y=_at(height(promise.target)),
        first=reached(promise, results[0]),
        last=reached(promise, results[-1]),
        since=str(results[0].period),
    )
