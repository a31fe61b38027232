"""Whoever is erased in the registry built in is erased in the portal's links to their cases, in one transaction."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from portal.cases import erasing
from portal.registry.law.erasing import erased


@receiver(erased)
def links_follow_the_registry(cases: list[str], handles: list[str], **_: Any) -> None:
    """The registry tells its numbers of cases and the portal's own words for the person."""
    erasing.forget(cases, handles)
