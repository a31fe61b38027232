"""Figures in words: shares in per cent, waits in minutes, and why a figure is not shown."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.core import figures
from portal.core.statistics import NOTHING_BELOW, TOO_FEW_BELOW
from portal.dashboard import screen
from portal.dashboard.sheets.figures import Figure, Kept
from portal.dashboard.sheets.measures import Unit


def said(figure: Figure) -> str:
    """The figure, or in words why there is none."""
    if figure.value is None:
        return _why(figure)
    return amount(figure.unit, figure.value)


def amount(unit: Unit, value: float) -> str:
    """A value in its unit."""
    if unit.is_share:
        return figures.percent(value)
    if unit is Unit.COUNT:
        return figures.number(round(value))
    if unit is Unit.SECONDS:
        return _("%(n)s s") % {"n": round(value)} if value < 90 else screen.duration(value)
    return str(number_format(value, 1))


def _why(figure: Figure) -> str:
    if figure.kept in (Kept.OPEN, Kept.NONE):
        return "–"
    if figure.kept is Kept.TOO_FEW:
        return _("too few answers") if figure.unit is Unit.OPINION else _("too few cases")
    if figure.kept is Kept.DIRECTION:
        return (_("about half"), _("more than half"), _("less than half"))[figure.lean]
    return _("kept back")


def spread(figure: Figure) -> str:
    """The 95 % interval; a dash where there is none."""
    return figures.spread(figure.interval) if figure.interval else "–"


def cases(figure: Figure) -> str:
    """How many cases; only roughly where the figure itself is not shown."""
    if figure.of is not None:
        return figures.number(figure.of)
    rough = {Kept.TOO_FEW: f"{NOTHING_BELOW}–{TOO_FEW_BELOW - 1}", Kept.DIRECTION: "30–49"}
    return rough.get(figure.kept, "–")


def behind(figure: Figure) -> str:
    """What lies behind a figure, in a few words."""
    if figure.of is None or figure.unit is Unit.COUNT:
        return ""
    if figure.part is not None and figure.unit.is_share:
        text = _("%(part)s of %(of)s") % {"part": figures.number(figure.part), "of": figures.number(figure.of)}
        return f"{text}, {spread(figure)}"
    return ngettext("%(n)s case", "%(n)s cases", figure.of) % {"n": figures.number(figure.of)}


def change(now: Figure, before: Figure, better: int) -> tuple[str, str, str]:
    """(words, arrow, feeling) of what changed since the period before; empty words where nothing can be said."""
    if now.value is None or before.value is None:
        return "", "flat", "soft"
    if now.unit.is_share:
        turn = now.differs_from(before)
        words, arrow, _feeling = screen.points(now.value - before.value if turn else 0.0)
        return words, arrow, _felt(turn * better)
    difference = now.value - before.value
    turn = (difference > 0) - (difference < 0)
    arrow = ("flat", "up", "down")[turn]
    if now.unit is Unit.COUNT:
        return screen.by_how_many(round(difference)), arrow, "soft"
    return _("%(value)s in the period before") % {"value": said(before)}, arrow, "soft"


def _felt(turn: int) -> str:
    return ("soft", "is-better", "is-worse")[turn]
