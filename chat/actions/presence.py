"""A consultant says whether they are there; their screen gives signs of life."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from chat import events
from chat.models import BreakReason, Choice, Presence
from portal.core import audit, clock
from portal.core.languages import LANGUAGES
from portal.core.models import User


@transaction.atomic
def choose(user: User, choice: Choice, *, reason: BreakReason | str = "") -> Presence:
    """The explicit choice; it counts as a sign of life. A break may say what for."""
    now = clock.now()
    presence, is_new = Presence.objects.get_or_create(
        user=user,
        defaults={"choice": choice, "chosen_at": now, "heartbeat_at": now, "languages": [user.interface_language]},
    )
    if not is_new and presence.choice != choice:
        presence.choice, presence.chosen_at = choice, now
    presence.heartbeat_at = now
    presence.reason = reason if choice == Choice.BREAK else ""
    presence.save(update_fields=["choice", "chosen_at", "heartbeat_at", "reason"])
    audit.record("presence.chosen", presence, by=user, choice=choice, why=str(presence.reason))
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


@dataclass(frozen=True, slots=True)
class Ways:
    """How somebody works: what is offered to them, how much at once, and where their phone rings."""

    languages: tuple[str, ...]
    topics: tuple[str, ...]
    capacity: int
    takes_offers: bool
    extension: str


class TakenExtension(Exception):
    """This phone rings at a colleague's desk."""


@transaction.atomic
def set_ways(user: User, ways: Ways) -> Presence:
    """Raises TakenExtension."""
    if ways.extension and Presence.objects.filter(extension=ways.extension).exclude(user=user).exists():
        raise TakenExtension
    presence = set_languages(user, ways.languages)
    presence.topics, presence.capacity = list(ways.topics), ways.capacity
    presence.takes_offers, presence.extension = ways.takes_offers, ways.extension
    presence.save(update_fields=["topics", "capacity", "takes_offers", "extension"])
    audit.record("presence.ways_set", presence, by=user)
    events.desk_changed_on_commit()
    return presence
