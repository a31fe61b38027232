"""The sheet of satisfaction: how content people are, by what, and how it goes on."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from portal.dashboard import counting
from portal.dashboard.scope import OVERVIEW, Scope
from portal.dashboard.sheets.form import Sheet
from portal.dashboard.sheets.making import as_sheet, measured
from portal.dashboard.sheets.measures import RATINGS, Measure, Unit, Words

DIMENSIONS = OVERVIEW


def _opinion(part: str, name: Words, meaning: Words, better: int = 0) -> Measure:
    return Measure(part, RATINGS, Unit.OPINION, name, meaning, "of", part, better)


MEASURES = (
    Measure(
        "content",
        RATINGS,
        Unit.OPINION,
        _lazy("Content with our help"),
        _lazy("“Good” or “very good” among five answers."),
        "of",
        "good",
        1,
        ("satisfied_share",),
    ),
    _opinion("very_good", _lazy("Very good"), _lazy("Part of the content ones.")),
    _opinion("bad", _lazy("Not content"), _lazy("“Bad” or “very bad” among five answers."), -1),
    _opinion("very_bad", _lazy("Very bad"), _lazy("Part of those who are not content.")),
    Measure("ratings", RATINGS, Unit.COUNT, _lazy("Ratings"), _lazy("Answers to the one question, every way."), "of"),
)


def make(scope: Scope, language: str, known: counting.Known, *, draw: str) -> Sheet:
    """The sheet of one scope."""
    found = measured(MEASURES, scope, language, known, draw=draw)
    return as_sheet("satisfaction", _("Satisfaction"), scope, found)
