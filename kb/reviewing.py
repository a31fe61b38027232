"""What has to be checked, by whom, until when: the day set for each answer, and what changes have asked for."""

from __future__ import annotations

import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.mail import send_mail
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from charter.models import Institution, Role
from kb.models import Article, Review
from kb.translating.kinds import find
from kb.uses import edit_url
from portal.core import clock
from portal.core.languages import LANGUAGES, OWN_NAMES, column, pick_field
from portal.core.models import User
from portal.core.readable import Readable
from portal.core.schedule import every

logger = logging.getLogger(__name__)
AHEAD = dt.timedelta(days=14)
_WEEK = 8 * 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Due(Readable):
    """One thing to check. `review`: its number when a change asked for it; None when its own day has come."""

    title: str
    code: str
    language: str
    why: str
    due_on: dt.date
    owner: User | None
    office: Institution | None
    url: str
    review: int | None = None

    @property
    def is_late(self) -> bool:
        return self.due_on < clock.today()

    @property
    def language_name(self) -> str:
        return OWN_NAMES.get(self.language, "")


@dataclass(frozen=True, slots=True)
class Month(Readable):
    """A month of the calendar with how much falls due in it."""

    first: dt.date
    count: int


def month_of(day: dt.date) -> tuple[dt.date, dt.date]:
    """First day of its month and of the next."""
    first = day.replace(day=1)
    return first, (first + dt.timedelta(days=32)).replace(day=1)


def due(*, until: dt.date, since: dt.date | None = None) -> list[Due]:
    """Everything to check before `until` (not on it), the most urgent first; what is late is always there."""
    days = Q(review_on__lt=until) & (Q(review_on__gte=since) if since else Q())
    answers = Article.objects.filter(days, live=True).select_related("owner", "office").prefetch_related("institutions")
    span = Q(due_on__lt=until) & (Q(due_on__gte=since) if since else Q())
    found = [_own_day(article) for article in answers if article.review_on]
    found += [row for review in Review.objects.filter(span, done_at__isnull=True) if (row := _asked_for(review))]
    return sorted(found, key=lambda row: (row.due_on, row.code, row.language))


def _own_day(article: Article) -> Due:
    assert article.review_on is not None  # noqa: S101  (those without a day are not asked for)
    return Due(
        title=_title(article),
        code=article.code,
        language="",
        why=_("its day has come"),
        due_on=article.review_on,
        owner=article.owner,
        office=office_of(article),
        url=reverse("knowledge:article", args=[article.pk]),
    )


def _asked_for(review: Review) -> Due | None:
    content: Any = find(review.kind, review.entry)
    if content is None:
        return None
    return Due(
        title=_title(content),
        code=getattr(content, "code", "") or str(content.pk),
        language=review.language,
        why=f"{review.get_cause_display()}: {review.what}",
        due_on=review.due_on,
        owner=getattr(content, "owner", None),
        office=office_of(content),
        url=_place_of(review, content),
        review=review.pk,
    )


def _place_of(review: Review, content: Any) -> str:
    """Where it is looked at: a translation side by side, an article's record, else the editor."""
    if review.language:
        return reverse("knowledge:translation", args=[review.kind, review.entry, review.language])
    return reverse("knowledge:article", args=[content.pk]) if isinstance(content, Article) else edit_url(content)


def _title(content: Any) -> str:
    return str(getattr(content, column(content.SOURCE_FIELDS[0], content.source_language)) or "")


def office_of(content: Any) -> Institution | None:
    """Which institution checks it: the one named, else the one it is about, else who provides the service."""
    if isinstance(content, Institution):
        return content
    if getattr(content, "office", None):
        office: Institution = content.office
        return office
    if isinstance(content, Article):
        return next(iter(content.institutions.all()), None) or next(
            (service.provider for service in content.services.all() if service.provider), None
        )
    return getattr(content, "provider", None) or getattr(content, "institution", None)


def by_office(found: Iterable[Due]) -> list[tuple[str, list[Due]]]:
    """What each institution has to check, in their order; what belongs to none comes last."""
    groups: dict[int | None, list[Due]] = defaultdict(list)
    for row in found:
        groups[row.office.pk if row.office else None].append(row)
    offices = [(office.pk, pick_field(office, "name", "lt").text) for office in Institution.objects.order_by("order")]
    return [(name, groups[pk]) for pk, name in [*offices, (None, _("No institution"))] if groups[pk]]


def calendar(*, months: int = 12) -> list[Month]:
    """How much falls due in each of the coming months."""
    first, _next = month_of(clock.today())
    found = []
    for _number in range(months):
        start, end = month_of(first)
        answers = Article.objects.filter(live=True, review_on__gte=start, review_on__lt=end).count()
        reviews = Review.objects.filter(due_on__gte=start, due_on__lt=end, done_at__isnull=True).count()
        found.append(Month(start, answers + reviews))
        first = end
    return found


@every(6 * 60 * 60, "reminders of reviews")
def remind() -> int:
    """Each owner gets one letter a week with what is late or falls due within two weeks; returns how many letters.

    What nobody answers for goes to the editors.
    """
    today = clock.today()
    year, week, _day = today.isocalendar()
    mine: dict[User, list[Due]] = defaultdict(list)
    editors = list(User.objects.filter(memberships__role=Role.EDITOR, is_active=True).distinct())
    for row in due(until=today + AHEAD):
        for owner in [row.owner] if row.owner is not None and row.owner.is_active else editors:
            if owner.email:
                mine[owner].append(row)
    sent = 0
    for owner, rows in mine.items():
        if cache.add(f"review-letter:{owner.pk}:{year}-{week}", 1, _WEEK):
            _letter(owner, rows)
            sent += 1
    return sent


def _letter(owner: User, rows: list[Due]) -> None:
    language = owner.interface_language if owner.interface_language in LANGUAGES else "lt"
    with override(language):
        lines = [f"{row.due_on:%Y-%m-%d} {row.code} {row.language} {row.title}" for row in rows]
        subject = _("Please check these answers")
        text = "\n".join([*lines, "", f"{settings.SITE_URL}{reverse('knowledge:reviews')}"])
    send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [owner.email])
