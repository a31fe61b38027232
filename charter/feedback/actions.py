"""Residents say how it was: a rating of what they got, a vote on a page. Each counts once, however often it is sent."""

from __future__ import annotations

import re
import uuid

from django.db import IntegrityError, transaction

from charter.feedback.models import EntryKind, PageVote, Rating
from charter.models import Institution, Service
from portal.core import audit, clock
from portal.core.models import User
from portal.core.privacy import mask

LONGEST_TEXT = 2000
CONSULTATION = "consultation"


def rate(
    *,
    subject_kind: str,
    subject_id: str,
    score: int,
    channel: str,
    language: str,
    text: str = "",
    entry_kind: str = EntryKind.RESIDENT,
    service: Service | None = None,
    institution: Institution | None = None,
    key: uuid.UUID | None = None,
    by: User | str = audit.RESIDENT,
    is_demo: bool = False,
) -> Rating:
    """Keep one answer to "how was it?", its words without what identifies a person.

    A consultation is rated once, anything else once a `key`: whoever sends it again gets the first answer back.
    """
    rating = Rating(
        subject_kind=subject_kind,
        subject_id=subject_id,
        score=score,
        text=publishable(text),
        channel=channel,
        entry_kind=entry_kind,
        language=language,
        service=service,
        institution=institution,
        key=key,
        at=clock.now(),
        is_demo=is_demo,
    )
    try:
        with transaction.atomic():
            rating.save(force_insert=True)
            audit.record("rating.given", rating, by=by, subject=subject_kind, channel=channel)
    except IntegrityError:
        first = _rated_before(subject_kind, subject_id, key)
        if first is None:
            raise
        return first
    return rating


def vote(*, page_kind: str, page_code: str, language: str, is_useful: bool, key: uuid.UUID, text: str = "") -> PageVote:
    """Keep "was this page useful?"; the same key again changes the answer and may add the words."""
    fresh: dict[str, bool | str] = {"is_useful": is_useful}
    if text:
        fresh["text"] = publishable(text)
    found, _created = PageVote.objects.update_or_create(
        key=key,
        defaults=fresh,
        create_defaults={
            **fresh,
            "page_kind": page_kind,
            "page_code": page_code,
            "language": language,
            "at": clock.now(),
        },
    )
    return found


def forget_words(*, subject_kind: str, subject_id: str) -> None:
    """What a resident wrote about something of theirs goes with it; the score stays to be counted."""
    Rating.objects.filter(subject_kind=subject_kind, subject_id=subject_id).update(text="")


def publishable(text: str) -> str:
    """`text` as it may be kept and quoted: shortened, without identifiers and without names of staff."""
    text = mask(text.strip()[:LONGEST_TEXT])
    if not text:
        return ""
    names = {name for row in User.objects.values_list("display_name", "first_name", "last_name") for name in row}
    known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if len(name) > 2)
    return re.sub(rf"\b(?:{known})\b", "[name]", text, flags=re.IGNORECASE) if known else text


def _rated_before(subject_kind: str, subject_id: str, key: uuid.UUID | None) -> Rating | None:
    if subject_kind == CONSULTATION:
        return Rating.objects.filter(subject_kind=subject_kind, subject_id=subject_id).first()
    return Rating.objects.filter(key=key).first() if key else None
