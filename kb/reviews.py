"""Reviews: what has to be looked at because something behind it has changed, until when, and that it was done."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from kb.models import Review, ReviewCause
from portal.core import audit, clock
from portal.core.models import TranslatedContent, TranslationState, User

TERM = dt.timedelta(days=14)


@transaction.atomic
def open_reviews(content: TranslatedContent, *, cause: ReviewCause, what: str) -> int:
    """The entry and each of its shown translations are to be looked at; what is open already stays as it is."""
    translations = [code for code, state in content.translation_states().items() if state in _TRANSLATED]
    now, made = clock.now(), 0
    for language in ("", *translations):
        _review, is_new = Review.objects.get_or_create(
            kind=content._meta.label_lower,
            entry=content.pk,
            language=language,
            cause=cause,
            what=what[:300],
            done_at=None,
            defaults={"opened_at": now, "due_on": clock.today() + TERM},
        )
        made += is_new
    return made


_TRANSLATED = frozenset({TranslationState.CURRENT, TranslationState.OUTDATED})


@transaction.atomic
def done(review: Review, *, by: User) -> None:
    """Looked at; pressing twice changes nothing."""
    if review.done_at is None:
        review.done_at, review.done_by = clock.now(), by
        review.save(update_fields=["done_at", "done_by"])
        audit.record("review.done", review, by=by, cause=review.cause)


def close_reviews_of(content: TranslatedContent, *, by: User) -> None:
    """The entry itself was checked: what asked for that is answered. Its translations are the translators'."""
    for review in Review.objects.filter(
        kind=content._meta.label_lower, entry=content.pk, language="", done_at__isnull=True
    ):
        done(review, by=by)
