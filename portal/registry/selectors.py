"""What the registry's screens show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.registry.models import Case, Post, Status
from portal.registry.models.case import DECIDED, NEXT, CaseQuerySet

PAGE = 40
LOOK = {
    Status.NEW: ("info", "info"),
    Status.WORKING: ("info", "clock"),
    Status.WAITING_PERSON: ("care", "pause"),
    Status.GRANTED: ("good", "check"),
    Status.REFUSED: ("bad", "close"),
    Status.WITHDRAWN: ("info", "close"),
}
GROUPS = (
    ("open", _("All open cases")),
    ("late", _("Late")),
    ("mine", _("Mine")),
    *((status.value, status.label) for status in Status),
    ("all", _("All cases")),
)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to, as it stands in the address."""

    group: str = "open"
    words: str = ""
    page: str = "1"

    @classmethod
    def of(cls, query: QueryDict) -> Filters:
        group = query.get("group", "open")
        known = {name for name, _label in GROUPS}
        return cls(group if group in known else "open", query.get("words", "")[:80].strip(), query.get("page", "1"))

    def address(self, page: int) -> str:
        return "?" + urlencode({"group": self.group, "words": self.words, "page": page})


def cases_for(post: Post, filters: Filters) -> Page[Any]:
    """One page of the cases this post may see, the most urgent first."""
    cases = _group(Case.objects.within(post), filters.group, post)
    if filters.words:
        found = Q(number__icontains=filters.words) | Q(recipient__name__icontains=filters.words)
        cases = cases.filter(found | Q(title__icontains=filters.words))
    listed = cases.select_related("recipient", "worker__user").order_by("promised_until", "submitted_at", "pk")
    return Paginator(listed, PAGE).get_page(filters.page)


def _group(cases: CaseQuerySet, group: str, post: Post) -> QuerySet[Case]:
    if group == "open":
        return cases.open()
    if group == "late":
        return cases.late(clock.today())
    if group == "mine":
        return cases.open().filter(worker=post)
    return cases if group == "all" else cases.filter(status=group)


def steps_from(case: Case) -> list[tuple[str, Any]]:
    """What the case may be moved to by hand; waiting comes from asking, a decision from deciding."""
    by_hand = NEXT[case.status] - DECIDED - {Status.WAITING_PERSON}
    return [(status.value, status.label) for status in Status if status in by_hand]
