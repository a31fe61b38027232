"""Charts as numbers for SVG: where bars, whiskers, lines and words stand. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

WIDTH = 360.0
LEFT, RIGHT = 4.0, 356.0
LINE, BAR, GAP = 17.0, 16.0, 14.0
LETTER, SAID_LETTER = 9.4, 8.2  # how wide a letter of a name (bold, Cyrillic) and of what is said may be


def at(number: float) -> str:
    """A coordinate: a point for the decimal mark in every language."""
    return f"{number:.1f}"


@dataclass(frozen=True, slots=True)
class Label:
    """A line of words and how high it stands."""

    text: str
    y: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar under its label: `width` is filled, `rest` hatched behind it. Whiskers only with an interval."""

    labels: tuple[Label, ...]
    said: str
    said_y: str
    y: str
    width: str
    end: str = ""
    rest: str = ""
    rest_x: str = ""
    hatched: bool = False
    low: str = ""
    high: str = ""
    middle: str = ""
    whisker_from: str = ""
    whisker_to: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars below one another; the target is a dashed mark across each bar that shows a figure, at x `target`."""

    bars: tuple[Bar, ...]
    height: str
    target: str = ""
    target_marks: str = ""
    target_end: str = "end"


@dataclass(frozen=True, slots=True)
class Value:
    """What one bar shows: a part of the longest, 0–1, and what is said beside it. `share` None: hatched, no figure."""

    name: str
    said: str
    share: float | None
    rest: float | None = None
    interval: tuple[float, float] | None = None


def bars(values: Iterable[Value], *, target: float | None = None) -> Bars:
    """Bars for `values`, names broken into at most two lines."""
    shown = list(values)
    if all(value.share is None for value in shown):
        target = None  # there is nothing to hold against it
    y = LINE + 4 if target is not None else 2.0
    drawn, marks = [], []
    for value in shown:
        lines = _lines(value.name, RIGHT - LEFT - SAID_LETTER * (len(value.said) + 2))
        labels = tuple(Label(text, at(y + LINE * (place + 1) - 4)) for place, text in enumerate(lines))
        y += LINE * len(lines)
        drawn.append(_bar(value, labels, y))
        if target is not None and value.share is not None:
            marks.append(f"M{at(_x(target))} {at(y - 4)}v{at(BAR + 8)}")
        y += BAR + GAP
    return Bars(
        bars=tuple(drawn),
        height=at(y),
        target=at(_x(target)) if target is not None else "",
        target_marks="".join(marks),
    )


def _bar(value: Value, labels: tuple[Label, ...], y: float) -> Bar:
    whiskers = {}
    if value.interval and value.share is not None:
        low, high = value.interval
        whiskers = {
            "low": at(_x(low)),
            "high": at(_x(high)),
            "middle": at(y + BAR / 2),
            "whisker_from": at(y - 3),
            "whisker_to": at(y + BAR + 3),
        }
    return Bar(
        labels=labels,
        said=value.said,
        said_y=labels[-1].y,
        y=at(y),
        width=at((value.share or 0.0) * (RIGHT - LEFT)),
        end=at(max(_x(value.share or 0.0), _x(value.interval[0]) if value.interval else 0.0)),
        rest_x=at(_x(value.share or 0.0)),
        rest=at((value.rest or 0.0) * (RIGHT - LEFT)) if value.rest else "",
        hatched=value.share is None,
        **whiskers,
    )


def _x(share: float) -> float:
    return LEFT + share * (RIGHT - LEFT)


def _lines(name: str, room: float) -> list[str]:
    """`name` in at most two lines that leave room for what is said beside the second."""
    return textwrap.wrap(name, max(12, int(room / LETTER)), max_lines=2, placeholder="…") or [name]


@dataclass(frozen=True, slots=True)
class Point:
    """One period of a trend: a value with its interval, and its place where periods before it have no figure."""

    name: str
    value: float
    low: float
    high: float
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Trend:
    """A line with its band and the promised level; empty where there is none."""

    line: str
    band: str
    last_x: str
    last_y: str
    last_said: str
    target_y: str
    target_words_y: str
    grid: tuple[Label, ...]
    names: tuple[tuple[str, str, str], ...]


TOP, BOTTOM, PLOT_LEFT, PLOT_RIGHT = 16.0, 170.0, 34.0, 318.0


def _out_of_100(share: float) -> str:
    return str(round(share * 100))


def trend(
    points: Sequence[Point],
    *,
    target: float | None,
    top: float = 1.0,
    said: Callable[[float], str] = _out_of_100,
    is_from_zero: bool = False,
) -> Trend | None:
    """The line through `points`, drawn up to `top`; None for fewer than two. `said`: a level in words."""
    if len(points) < 2:
        return None
    known = [point.low for point in points] + ([] if target is None else [target])
    floor = 0.0 if is_from_zero else int(max(0.0, min(known) - 0.02) * 10) / 10
    places = [point.place if point.place is not None else at_ for at_, point in enumerate(points)]
    step = (PLOT_RIGHT - PLOT_LEFT) / (places[-1] - places[0])

    def height(value: float) -> float:
        return BOTTOM - (value - floor) / (top - floor) * (BOTTOM - TOP)

    xs = [PLOT_LEFT + (place - places[0]) * step for place in places]
    line = [f"{at(x)},{at(height(point.value))}" for x, point in zip(xs, points, strict=True)]
    upper = [f"{at(x)},{at(height(point.high))}" for x, point in zip(xs, points, strict=True)]
    lower = [f"{at(x)},{at(height(point.low))}" for x, point in zip(xs, points, strict=True)]
    is_banded = any(point.low != point.high for point in points)
    y = height(target) if target is not None else 0.0
    return Trend(
        line=" ".join(line),
        band=" ".join([*upper, *reversed(lower)]) if is_banded else "",
        last_x=at(xs[-1]),
        last_y=at(height(points[-1].value)),
        last_said=said(points[-1].value),
        target_y=at(y) if target is not None else "",
        target_words_y=at(y - 6 if y > TOP + 16 else y + 16) if target is not None else "",
        grid=tuple(Label(said(level), at(height(level))) for level in (floor, (floor + top) / 2, top)),
        names=_names(points, xs),
    )


def _names(points: Sequence[Point], xs: Sequence[float]) -> tuple[tuple[str, str, str], ...]:
    """(name, x, which end of the word stands there): the first, the middle and the last."""
    places = sorted({0, (len(points) - 1) // 2, len(points) - 1})
    ends = {0: "", len(points) - 1: "end"}
    return tuple((points[place].name, at(xs[place]), ends.get(place, "mid")) for place in places)
