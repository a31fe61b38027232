"""What the knowledge base lacks: what was looked for in vain, pages that did not help, answers it did not hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Lower, NullIf

from charter.feedback.models import PageVote
from chat import access
from chat.models import Found
from kb.models import Article, SearchEvent
from portal.core.languages import DEFAULT, column
from portal.dashboard import periods
from portal.dashboard.scope import Scope

# Words that only one or two people typed may say who they are.
AT_LEAST = 3
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Sought:
    """Words that led nowhere: `in_vain` found nothing, the rest of `times` opened nothing."""

    words: str
    language: str
    times: int
    in_vain: int


@dataclass(frozen=True, slots=True)
class Lack:
    """A page that `no` of its `of` readers called not useful, or a topic whose answer was not found so often."""

    title: str
    no: int
    of: int


@dataclass(frozen=True, slots=True)
class Gaps:
    """`sought` is None where only some institutions are in sight: searches and pages belong to none."""

    sought: tuple[Sought, ...] | None
    unhelpful: tuple[Lack, ...]
    unanswered: tuple[Lack, ...]


def gaps(scope: Scope, language: str) -> Gaps:
    """Two queries for the whole city, one for an institution."""
    topics = _topics(scope, language)
    rows = list(topics.union(_pages(scope, language), all=True) if scope.is_whole_city else topics)
    return Gaps(
        sought=_sought(scope) if scope.is_whole_city else None,
        unhelpful=_worst(rows, "page"),
        unanswered=_worst(rows, "topic"),
    )


def _worst(rows: list[tuple[str, str, int, int]], kind: str) -> tuple[Lack, ...]:
    mine = [Lack(title, no, of) for what, title, no, of in rows if what == kind]
    return tuple(sorted(mine, key=lambda lack: (-lack.no, lack.of, lack.title))[:SHOWN])


def _during(scope: Scope, field: str) -> Q:
    begin, end = periods.span(scope.period)
    return Q(**{f"{field}__gte": begin, f"{field}__lt": end})


def _sought(scope: Scope) -> tuple[Sought, ...]:
    rows = (
        SearchEvent.objects.filter(_during(scope, "at"), opened_kind="", reader="resident")
        .exclude(words="")
        .order_by()
        .values_list(Lower("words"), "language")
        .annotate(times=Count("id"), in_vain=Count("id", filter=Q(results=0)))
        .filter(times__gte=AT_LEAST)
        .order_by("-in_vain", "-times")[:SHOWN]
    )
    return tuple(Sought(*row) for row in rows)


def _pages(scope: Scope, language: str) -> QuerySet[Any, tuple[str, str, int, int]]:
    of_this = Article.objects.filter(code=OuterRef("page_code"))
    title = Coalesce(
        NullIf(Subquery(of_this.values(column("title", language))[:1]), Value("")),
        Subquery(of_this.values(column("title", DEFAULT))[:1]),
        F("page_code"),
        output_field=CharField(),
    )
    return (
        PageVote.objects.filter(_during(scope, "at"))
        .order_by()
        .values("page_kind", "page_code")
        .annotate(
            kind=Value("page"),
            title=title,
            no=Count("id", filter=Q(is_useful=False)),
            of=Count("id"),
        )
        .filter(no__gte=AT_LEAST)
        .values_list("kind", "title", "no", "of")
    )


def _topics(scope: Scope, language: str) -> QuerySet[Any, tuple[str, str, int, int]]:
    name = Coalesce(
        NullIf(F(f"wrapup__topic__{column('name', language)}"), Value("")),
        F(f"wrapup__topic__{column('name', DEFAULT)}"),
        output_field=CharField(),
    )
    return (
        access.for_statistics()
        .filter(_during(scope, "started_at"), scope.of_chosen(), wrapup__topic__isnull=False)
        .exclude(wrapup__found=Found.NOT_NEEDED)
        .order_by()
        .values("wrapup__topic")
        .annotate(
            kind=Value("topic"),
            title=name,
            no=Count("id", filter=Q(wrapup__found=Found.NO)),
            of=Count("id"),
        )
        .filter(no__gte=AT_LEAST)
        .values_list("kind", "title", "no", "of")
    )
