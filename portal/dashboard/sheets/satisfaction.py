"""The sheet of satisfaction: how content people are, by what, with which of the four areas, and in their words."""

from __future__ import annotations

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from charter.feedback.models import RatingWords, Tone
from charter.models import Area
from portal.core.statistics import Shown, how_much
from portal.dashboard import counting
from portal.dashboard.scope import OVERVIEW, Dimension, Scope
from portal.dashboard.sheets.form import Cell, Listing, Sheet
from portal.dashboard.sheets.making import as_sheet, measured
from portal.dashboard.sheets.measures import RATINGS, Measure, Unit, Words

DIMENSIONS = (*OVERVIEW, Dimension.ENTRY)
WORDS_SHOWN = 100


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
    *(
        Measure(
            area.value,
            RATINGS,
            Unit.OPINION,
            capfirst(area.label),
            _lazy("“Well” or “very well” among those who said something of this area."),
            f"{area.value}_of",
            f"{area.value}_good",
            1,
        )
        for area in Area
    ),
)


def make(scope: Scope, language: str, known: counting.Known, *, draw: str) -> Sheet:
    """The sheet of one scope."""
    found = measured(MEASURES, scope, language, known, draw=draw)
    listings = () if scope.chosen else (_words(scope),)
    return as_sheet("satisfaction", _("Satisfaction"), scope, found, listings=listings)


def _words(scope: Scope) -> Listing:
    """What people wrote in the period. One institution of several has no list: what is left over would be another's."""
    return Listing(
        "words",
        _("In their own words"),
        (_("Words"), _("How content they were")),
        tuple((Cell(text, language=language), Cell(str(Tone(tone).label))) for text, language, tone in _written(scope)),
        _("Fewer than ten people wrote something in this period, or it is not over yet."),
        _("Numbers, addresses and names of staff were taken out when it was written. Words are kept for 180 days."),
    )


def _written(scope: Scope) -> list[tuple[str, str, str]]:
    """Text, language and tone by their keys, which are random and tell nobody's order."""
    if scope.is_open:
        return []
    rows = RatingWords.objects.filter(scope.within(), month__gte=scope.period.start, month__lt=scope.period.end)
    found = list(rows.order_by("pk").values_list("text", "language", "tone"))
    return [] if how_much(len(found)) is Shown.NOTHING else found[:WORDS_SHOWN]
