"""A result as plain text: for a consultant's note, a letter, a message to oneself."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.templatetags.parama import in_figures
from portal.instruments.selectors import Sheet
from portal.pages.checks.reading import Result


def as_text(sheet: Sheet, result: Result, language: str) -> str:
    """Title, day, outcome, services, answers – and that it decides nothing."""
    return "\n".join(_lines(sheet, result, language))


def _lines(sheet: Sheet, result: Result, language: str) -> Iterator[str]:
    yield f"{sheet.said(sheet.definition.title, language)} ({in_figures(clock.today())})"
    if sheet.definition.is_invented:
        yield _("These questions and points are invented for demonstration.")
    for outcome in result.outcomes:
        yield f"→ {outcome.title}"
        for money in outcome.money:
            yield f"  {money.label}: {money.total or _('not confirmed')}"
        if not outcome.is_one_service:
            for service in outcome.services:
                yield f"  – {service.name}"
    yield ""
    if sheet.definition.by_points:
        yield _("Points: %(points)s of %(most)s") % {"points": result.points, "most": result.most}
    for line in result.answered:
        yield f"{line.text} {', '.join(map(str, line.answers)) or _('None of these')}"
    yield ""
    yield _("This is an estimate: the office decides.")
