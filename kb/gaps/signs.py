"""Signs that somebody did not find it, from searches, votes, the desk and conversations – each counted once.

Packages above put theirs in with `note`; searches and votes are gathered every few minutes, half an hour after they
were made: by then it is known whether something was opened or a consultant was asked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.cache import cache
from django.db import transaction

from charter.feedback.models import PageVote
from kb.gaps.keys import Concepts, Parts, as_key, nearest, parts_of
from kb.models import Article, Gap, GapSign, SearchEvent, SignKind, Topic
from portal.core import clock
from portal.core.languages import DEFAULT, pick_field
from portal.core.privacy import mask
from portal.core.schedule import every

PATIENCE = dt.timedelta(minutes=30)
KEPT = dt.timedelta(days=90)
CHUNK = 2000
ARTICLE, TOPIC = "article:", "topic:"
_GATHERING = "gaps:gathering"


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign as it comes in. `article` or `topic`: it is about this one, whatever the words; `source` counts once."""

    kind: SignKind
    language: str
    source: str
    words: str = ""
    note: str = ""
    article: str = ""
    topic: str = ""
    at: dt.datetime = field(default_factory=clock.now)
    is_demo: bool = False


def note(sign: Sign) -> GapSign | None:
    """Keep one sign, its words masked; None when it says nothing or was kept before."""
    return next(iter(keep([sign])), None)


@transaction.atomic
def keep(signs: list[Sign]) -> list[GapSign]:
    """Keep the new ones among these. A search that found something counts only where a gap is known."""
    known = set(GapSign.objects.filter(source__in=[sign.source for sign in signs]).values_list("source", flat=True))
    fresh = {sign.source: sign for sign in signs if sign.source not in known}
    if not fresh:
        return []
    places = _Places()
    kept = [
        GapSign(
            gap_id=gap,
            kind=sign.kind,
            at=sign.at,
            language=sign.language,
            words=mask(sign.words)[:200],
            note=mask(sign.note)[:500],
            source=sign.source,
            is_demo=sign.is_demo,
        )
        for sign in fresh.values()
        if (gap := places.gap_for(sign)) is not None
    ]
    return GapSign.objects.bulk_create(kept, ignore_conflicts=True)  # two may take in the same at one moment


class _Places:
    """Where signs belong: the gaps there are, and the concepts that join words across languages."""

    def __init__(self) -> None:
        self._concepts = Concepts.read()
        self._gaps = dict(Gap.objects.values_list("key", "pk"))
        self._parts: list[tuple[int, Parts]] = [
            (pk, parts_of(key)) for key, pk in self._gaps.items() if not key.startswith((ARTICLE, TOPIC))
        ]

    def gap_for(self, sign: Sign) -> int | None:
        """The gap this sign belongs to; a new one unless it is a search that found something."""
        parts: Parts = frozenset()
        if sign.article:
            kept = f"{ARTICLE}{sign.article}"
        elif sign.words and (parts := self._concepts.parts(sign.words, sign.language)):
            kept = as_key(parts)
        elif sign.topic:
            kept = f"{TOPIC}{sign.topic}"
        else:
            return None
        pk = self._gaps.get(kept) or (nearest(parts, self._parts) if parts else None)
        if pk is None and sign.kind != SignKind.FOUND:
            pk = self._new(kept, sign)
            if parts:
                self._parts.append((pk, parts))
        return pk

    def _new(self, kept: str, sign: Sign) -> int:
        gap = Gap(key=kept, words=mask(sign.words)[:200], language=sign.language)
        if sign.article:
            gap.article = Article.objects.filter(code=sign.article).first()
            if gap.article:
                gap.words = pick_field(gap.article, "title", DEFAULT).text[:200]
        elif kept.startswith(TOPIC):
            topic = Topic.objects.filter(code=sign.topic).first()
            gap.words = pick_field(topic, "name", DEFAULT).text[:200] if topic else sign.topic
        fresh = {"words": gap.words, "language": gap.language, "article": gap.article}
        found, _created = Gap.objects.get_or_create(key=kept, defaults=fresh)
        self._gaps[kept] = found.pk
        return int(found.pk)


def gather() -> int:
    """Take in what searches and votes have told since the last time; returns the number of signs.

    One at a time: while another process gathers, there is nothing to do.
    """
    if not cache.add(_GATHERING, 1, 300):
        return 0
    try:
        return _gather()
    finally:
        cache.delete(_GATHERING)


def _gather() -> int:
    found = sum(len(keep(signs)) for signs in _from_searches())
    now = clock.now()
    votes = PageVote.objects.filter(page_kind="article", is_useful=False, at__gte=now - KEPT, at__lt=now - PATIENCE)
    # A vote may get its words later: it is taken in once nobody adds to it any more.
    last = GapSign.objects.filter(kind=SignKind.NOT_USEFUL).order_by("-at").values_list("at", flat=True).first()
    fresh = votes.filter(at__gte=last) if last else votes
    return found + len(keep([_of_vote(vote) for vote in fresh.order_by("at")]))


def _from_searches() -> Iterator[list[Sign]]:
    """Searches old enough to be judged, a chunk at a time; each is marked once it was looked at."""
    while True:
        events = list(
            SearchEvent.objects.filter(is_gathered=False, at__lt=clock.now() - PATIENCE).order_by("at", "pk")[:CHUNK]
        )
        if not events:
            return
        since = clock.now() - KEPT
        yield [sign for event in events if event.at >= since and (sign := _of_search(event))]
        SearchEvent.objects.filter(pk__in=[event.pk for event in events]).update(is_gathered=True)


def _of_search(event: SearchEvent) -> Sign | None:
    if not event.words:
        return None
    if event.opened_at or event.opened_kind:
        kind = SignKind.FOUND
    elif event.results == 0:
        kind = SignKind.NOTHING
    elif not event.led_to_consultation:
        kind = SignKind.LEFT
    else:
        return None
    return Sign(
        kind,
        event.language,
        source=f"search:{event.pk}",
        words=event.words,
        note=event.missing_note,
        at=event.at,
        is_demo=event.is_demo,
    )


def _of_vote(vote: PageVote) -> Sign:
    return Sign(
        SignKind.NOT_USEFUL,
        vote.language,
        source=f"vote:{vote.pk}",
        note=vote.text,
        article=vote.page_code,
        at=vote.at,
        is_demo=vote.is_demo,
    )


every(5 * 60, "gaps")(gather)
