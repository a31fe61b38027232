"""A consultant says whether they are there; their screen gives signs of life."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from chat import events
from chat.models import Choice, Presence
from portal.core import audit, clock
from portal.core.languages import LANGUAGES
from portal.core.models import User


@transaction.atomic
def choose(user: User, choice: Choice) -> Presence:
    """The explicit choice; it counts as a sign of life."""
    now = clock.now()
    presence, is_new = Presence.objects.get_or_create(
        user=user,
        defaults={"choice": choice, "chosen_at": now, "heartbeat_at": now, "languages": [user.interface_language]},
    )
    if not is_new and presence.choice != choice:
        presence.choice, presence.chosen_at = choice, now
    presence.heartbeat_at = now
    presence.save(update_fields=["choice", "chosen_at", "heartbeat_at"])
    audit.record("presence.chosen", presence, by=user, choice=choice)
    events.desk_changed_on_commit()
    return presence


def beat(user: User) -> None:
    """The screen is open and connected. Cheap: one update, nothing is announced."""
    Presence.objects.filter(user=user).update(heartbeat_at=clock.now())


@transaction.atomic
def set_languages(user: User, languages: Iterable[str]) -> Presence:
    """The languages a consultant answers in."""
    chosen = [language for language in LANGUAGES if language in set(languages)]
    presence, _is_new = Presence.objects.get_or_create(user=user, defaults={"chosen_at": clock.now()})
    presence.languages = chosen
    presence.save(update_fields=["languages"])
    return presence
