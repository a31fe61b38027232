"""What a consultant has begun to write: kept on the server at once, so that no closed tab takes it away."""

from __future__ import annotations

from django.conf import settings
from django.core.cache import cache
from django.db import transaction

from chat import access, events
from chat.actions.errors import NotYours
from chat.models import ENDED_STATES, Consultation, Draft
from portal.core import clock
from portal.core.models import User

TYPING = 12  # seconds after the last key that somebody counts as typing


@transaction.atomic
def keep(consultation: Consultation, text: str, *, by: User) -> None:
    """Keep it, or forget an empty one; colleagues in the same conversation see that `by` is typing. Raises NotYours."""
    if not may_write(consultation, by):
        raise NotYours
    words = text.replace("\0", "")[: settings.CHAT_LIMITS["characters"]]
    if not words.strip():
        Draft.objects.filter(consultation=consultation, user=by).delete()
        cache.delete(_key(consultation, by))
        return
    Draft.objects.update_or_create(
        consultation=consultation, user=by, defaults={"text": words, "changed_at": clock.now()}
    )
    if cache.add(_key(consultation, by), 1, TYPING):
        events.sign_on_commit(consultation)
    else:
        cache.touch(_key(consultation, by), TYPING)


def forget(consultation: Consultation, *, by: User) -> None:
    """It was sent."""
    Draft.objects.filter(consultation=consultation, user=by).delete()
    cache.delete(_key(consultation, by))


def of(consultation: Consultation, *, by: User) -> str:
    return Draft.objects.filter(consultation=consultation, user=by).values_list("text", flat=True).first() or ""


def who_else_types(consultation: Consultation, *, but: User) -> list[str]:
    """Names of colleagues who have a draft here and touched it just now. One query."""
    drafts = Draft.objects.filter(consultation=consultation).exclude(user=but).select_related("user")
    typing = cache.get_many([_key(consultation, draft.user) for draft in drafts])
    return [str(draft.user) for draft in drafts if _key(consultation, draft.user) in typing]


def may_write(consultation: Consultation, user: User) -> bool:
    """Whether `user` may write here, to the resident or to colleagues."""
    if consultation.state in ENDED_STATES and consultation.closed_at is not None:
        return False
    is_led = access.led_by(user).filter(pk=consultation.pk).exists()
    return is_led or access.is_invited(consultation, user)


def _key(consultation: Consultation, user: User) -> str:
    return f"typing:{consultation.pk}:{user.pk}"
