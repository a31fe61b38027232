"""The sheet of the knowledge base: whether people find, whether it helps, whether it is in date."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from kb.models import UNSETTLED, Article, Gap
from portal.core import clock
from portal.core.figures import number
from portal.dashboard import counting
from portal.dashboard.gaps import gaps
from portal.dashboard.scope import Dimension, Scope
from portal.dashboard.sheets.consultations import MEASURES as OF_CONTACTS
from portal.dashboard.sheets.form import Cell, Listing, Need, Sheet
from portal.dashboard.sheets.making import as_sheet, measured
from portal.dashboard.sheets.measures import SEARCHES, VOTES, Measure, Unit

DIMENSIONS = (Dimension.LANGUAGE, Dimension.TOPIC, Dimension.INSTITUTION)
MEASURES = (
    Measure(
        "searches",
        SEARCHES,
        Unit.COUNT,
        _lazy("Searches"),
        _lazy("What residents looked for on the website."),
        "searches",
    ),
    Measure(
        "found",
        SEARCHES,
        Unit.SHARE,
        _lazy("Found something"),
        _lazy("Searches after which a result was opened and nobody was asked."),
        "searches",
        "found",
        1,
    ),
    Measure(
        "empty",
        SEARCHES,
        Unit.SHARE,
        _lazy("Without any result"),
        _lazy("Searches to which the website had nothing to show."),
        "searches",
        "empty",
        -1,
    ),
    *(each for each in OF_CONTACTS if each.code in {"held", "linked"}),
    Measure(
        "not_useful",
        VOTES,
        Unit.OPINION,
        _lazy("Called not useful"),
        _lazy("Readers who answered no to “Was this page useful?”."),
        "of",
        "no",
        -1,
    ),
)


def make(scope: Scope, language: str, known: counting.Known, *, draw: str) -> Sheet:
    """The sheet of one scope."""
    found = measured(MEASURES, scope, language, known, draw=draw)
    return as_sheet(
        "knowledge",
        _("Knowledge base"),
        scope,
        found,
        needs=_to_do(),
        listings=_listings(scope, language, known),
        definitions=[_("Words that fewer than three people looked for are not shown. Words are kept for 90 days.")],
    )


def _to_do() -> list[Need]:
    """What waits in the editors' room: as it stands today, whatever the period."""
    late = Article.objects.filter(live=True, review_on__lt=clock.today()).count()
    open_gaps = Gap.objects.filter(state__in=UNSETTLED).count()
    found = []
    if late:
        text = ngettext("%(n)s article is overdue for its check.", "%(n)s articles are overdue for their check.", late)
        found.append(Need(text % {"n": number(late)}))
    if open_gaps:
        text = ngettext(
            "%(n)s thing that people do not find is not settled yet.",
            "%(n)s things that people do not find are not settled yet.",
            open_gaps,
        )
        found.append(Need(text % {"n": number(open_gaps)}))
    return found


def _listings(scope: Scope, language: str, known: counting.Known) -> tuple[Listing, ...]:
    lacking = gaps(scope, language, known)
    found = []
    if lacking.sought is not None:
        rows = tuple((Cell(row.words, language=row.language), _n(row.times), _n(row.in_vain)) for row in lacking.sought)
        found.append(
            Listing(
                "sought",
                _("What people looked for and did not find"),
                (_("Words"), _("Times"), _("Without any result")),
                rows,
                _("No words of this period led nowhere, or they are no longer kept."),
            )
        )
    found.append(
        Listing(
            "unanswered",
            _("Answers consultants did not find in the knowledge base"),
            (_("Topic"), _("Not found"), _("Out of")),
            tuple((Cell(row.title), _n(row.no), _n(row.of)) for row in lacking.unanswered),
            _("Consultants found every answer they looked for."),
        )
    )
    if lacking.unhelpful:
        rows = tuple((Cell(row.title), _n(row.no), _n(row.of)) for row in lacking.unhelpful)
        columns = (_("Page"), _("Not useful"), _("Out of"))
        found.append(Listing("unhelpful", _("Answers that readers called not useful"), columns, rows, ""))
    return tuple(found)


def _n(count: int) -> Cell:
    return Cell(number(count), count)
