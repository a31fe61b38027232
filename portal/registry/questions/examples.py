"""Questions to begin with: each is an address like any other, and shows how one is put together."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.registry.questions.reach import Reach

EXAMPLES: tuple[tuple[Any, dict[str, str]], ...] = (
    (_("What came of last month’s planned visits, worker by worker?"), {"measure": "planned", "by": "worker"}),
    (
        _("Who has not been visited for a week?"),
        {"measure": "unvisited", "days": "7", "by": "person", "period": "this_month"},
    ),
    (
        _("How many people had a programme at the end of last year, and how many now?"),
        {"measure": "in_programme", "period": "this_year", "compare": "before", "by": "group"},
    ),
    (
        _("How many days pass from request to decision?"),
        {"measure": "to_decision", "period": "this_year", "days": "5", "by": "quarter"},
    ),
    (
        _("Where does nobody open, and how often is it somebody of 80 or older?"),
        {"measure": "visits", "period": "last_quarter", "by": "district", "of": "nobody_opened", "of2": "aged_80"},
    ),
    (
        _("How many hours are planned for the next four weeks?"),
        {"measure": "load", "days": "28", "by": "week", "form": "line"},
    ),
)


def offered(reach: Reach) -> list[tuple[Any, str]]:
    """(question, address) of those that this post can ask."""
    able = [
        (said, words) for said, words in EXAMPLES if reach.names or (words.get("by") != "person" and "of" not in words)
    ]
    return [(said, f"{reverse('registry:questions')}?{urlencode(words)}") for said, words in able]
