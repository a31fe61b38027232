"""What makes a count doubtful is noticed wherever it is written from: a visit of a month that is over, a price."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save

from portal.registry.models import Tariff, Visit
from portal.registry.questions import counted


def begin() -> None:
    """Listen to the tables that counts come from; the rounds of counting come with the import."""
    for signal in (post_save, post_delete):
        signal.connect(_visit, sender=Visit, dispatch_uid=f"counted-visit-{id(signal)}")
        signal.connect(_tariff, sender=Tariff, dispatch_uid=f"counted-tariff-{id(signal)}")


def _visit(instance: Visit, **_more: Any) -> None:
    counted.touch(instance.day.replace(day=1))


def _tariff(instance: Tariff, **_more: Any) -> None:
    counted.touch_since(instance.valid_from)
