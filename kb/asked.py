"""What people ask most this month: which answers were opened from a search, without any counting of people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.core.cache import cache
from django.db.models import Count

from kb.models import SearchEvent
from kb.selectors import ArticleCard, cards_of
from portal.core import clock

SPAN = dt.timedelta(days=30)
AT_LEAST = 3
MOST = 5
KEPT_SECONDS = 15 * 60
_KEY = "kb:most-asked"


def codes() -> list[str]:
    """Codes of the articles opened most in the last 30 days, those opened once or twice left out."""
    known: list[str] | None = cache.get(_KEY)
    if known is None:
        opened = SearchEvent.objects.filter(at__gte=clock.now() - SPAN, opened_kind="article")
        counted = opened.values("opened_code").annotate(times=Count("pk")).filter(times__gte=AT_LEAST)
        known = list(counted.order_by("-times", "opened_code").values_list("opened_code", flat=True)[:200])
        cache.set(_KEY, known, KEPT_SECONDS)
    return known


def most_asked(language: str, *, among: Collection[str] | None = None) -> list[ArticleCard]:
    """At most five answers; `among`: only those with one of these codes."""
    wanted = [code for code in codes() if among is None or code in among][:MOST]
    found = {card.code: card for card in cards_of(wanted, language)} if wanted else {}
    return [found[code] for code in wanted if code in found]
