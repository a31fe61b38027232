"""Residents say how it was: a rating of what they got, a vote on a page. Each counts once, however often it is sent."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Mapping
from types import MappingProxyType

from django.db import IntegrityError, transaction

from charter.feedback import apart
from charter.feedback.models import EntryKind, PageVote, RatedOnce, Rating
from charter.models import Institution, Service
from portal.core import audit, clock
from portal.core.models import User
from portal.core.privacy import mask

LONGEST_TEXT = 2000
CONSULTATION = "consultation"


def rate(
    *,
    subject_kind: str,
    score: int,
    channel: str,
    language: str,
    text: str = "",
    areas: Mapping[str, int] = MappingProxyType({}),
    entry_kind: str = EntryKind.RESIDENT,
    service: Service | None = None,
    institution: Institution | None = None,
    once: str = "",
    key: uuid.UUID | None = None,
    day: dt.date | None = None,
    by: User | str = audit.RESIDENT,
    is_demo: bool = False,
) -> bool:
    """Keep one answer to "how was it?", and its words apart from it; False where it was counted before.

    `once`: what may be rated a single time (a conversation); neither the rating nor its words know it afterwards.
    Anything else counts once a `key`. `day`: when it was given, where that was not today.
    """
    day = day or clock.today()
    rating = Rating(
        subject_kind=subject_kind,
        score=score,
        **areas,
        channel=channel,
        entry_kind=entry_kind,
        language=language,
        service=service,
        institution=institution,
        key=key,
        at=apart.moment(day, is_after_conversation=bool(once)),
        is_demo=is_demo,
    )
    try:
        with transaction.atomic():
            if once:
                RatedOnce(pk=apart.mark(subject_kind, once)).save(force_insert=True)
            rating.save(force_insert=True)
            if words := publishable(text):
                apart.words_of(rating, words, day).save(force_insert=True)
            if isinstance(by, User):
                audit.record("rating.entered", institution or by, by=by, subject=subject_kind, channel=channel)
    except IntegrityError:
        if is_rated(subject_kind, once) or (key and Rating.objects.filter(key=key).exists()):
            return False
        raise
    return True


def is_rated(subject_kind: str, once: str) -> bool:
    """Whether this was rated already. Nobody can ask how."""
    return bool(once) and RatedOnce.objects.filter(pk=apart.mark(subject_kind, once)).exists()


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


def publishable(text: str) -> str:
    """`text` as it may be kept and quoted: shortened, without identifiers and without names of staff."""
    text = mask(text.strip()[:LONGEST_TEXT])
    if not text:
        return ""
    names = {name for row in User.objects.values_list("display_name", "first_name", "last_name") for name in row}
    known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if len(name) > 2)
    return re.sub(rf"\b(?:{known})\b", "[name]", text, flags=re.IGNORECASE) if known else text
