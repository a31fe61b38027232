"""What the knowledge base lacks: what was looked for in vain, pages that did not help, answers it did not hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kb.models import Article, Topic
from portal.core.languages import DEFAULT, column, columns
from portal.core.translations import rows as plain
from portal.dashboard import counting, tallying
from portal.dashboard.models import ContactCount, VoteCount, WordCount
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


def gaps(scope: Scope, language: str, known: counting.Known) -> Gaps:
    """What is counted by month and what came since: at most nine queries for the whole city, four for an office."""
    within = counting.spans(scope.period.start, scope.period.end, known)
    return Gaps(
        sought=_sought(within) if scope.is_whole_city else None,
        unhelpful=_unhelpful(within, language) if scope.is_whole_city else (),
        unanswered=_unanswered(scope, within, language),
    )


def _worst(lacks: Iterable[Lack]) -> tuple[Lack, ...]:
    found = (lack for lack in lacks if lack.no >= AT_LEAST)
    return tuple(sorted(found, key=lambda lack: (-lack.no, lack.of, lack.title))[:SHOWN])


def _sought(within: counting.Spans) -> tuple[Sought, ...]:
    rows = counting.added_up(
        WordCount, tallying.words, "at", within, by=("said", "language"), sums=("times", "in_vain")
    )
    enough = [row for row in rows if row["times"] >= AT_LEAST]
    enough.sort(key=lambda row: (-row["in_vain"], -row["times"], row["said"]))
    return tuple(Sought(row["said"], row["language"], row["times"], row["in_vain"]) for row in enough[:SHOWN])


def _unhelpful(within: counting.Spans, language: str) -> tuple[Lack, ...]:
    rows = counting.added_up(VoteCount, tallying.votes, "at", within, by=("page_kind", "page_code"), sums=("no", "of"))
    rows = [row for row in rows if row["no"] >= AT_LEAST]
    wanted = plain(Article).filter(code__in=[row["page_code"] for row in rows])
    titles = {row["code"]: row for row in wanted.values("code", *columns(("title",)))}

    def title(code: str) -> str:
        said = titles.get(code, {})
        return str(said.get(column("title", language)) or said.get(column("title", DEFAULT)) or code)

    return _worst(Lack(title(row["page_code"]), row["no"], row["of"]) for row in rows)


def _unanswered(scope: Scope, within: counting.Spans, language: str) -> tuple[Lack, ...]:
    rows = counting.added_up(
        ContactCount,
        tallying.contacts,
        "started_at",
        within,
        by=("found_topic",),
        sums=("no_answer", "sought"),
        where=scope.of_chosen,
    )
    rows = [row for row in rows if row["found_topic"] is not None and row["no_answer"] >= AT_LEAST]
    wanted = plain(Topic).filter(pk__in=[row["found_topic"] for row in rows])
    names = {
        row["pk"]: row[column("name", language)] or row[column("name", DEFAULT)]
        for row in wanted.values("pk", *columns(("name",)))
    }
    return _worst(Lack(names.get(row["found_topic"], ""), row["no_answer"], row["sought"]) for row in rows)
