"""What settings alone can't refuse: parts that do not fit together in the chosen profile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register
def several_processes_hear_each_other(app_configs: Sequence[AppConfig] | None = None, **_: Any) -> list[CheckMessage]:
    """Production runs several processes, and the in-process layer ends at each of them."""
    if not settings.PRODUCTION or "InMemory" not in settings.CHANNEL_LAYERS["default"]["BACKEND"]:
        return []
    return [
        Error(
            "With CHANNEL_LAYER=memory a message reaches only people served by the same process.",
            hint="Set CHANNEL_LAYER=redis and REDIS_URL, or use PROFILE=embedded for a single process.",
            id="parama.E001",
        )
    ]


@register
def several_processes_share_their_cache(app_configs: Sequence[AppConfig] | None = None, **_: Any) -> list[CheckMessage]:
    """Throttles, the schedule's rounds and "what was published" live in the cache."""
    if not settings.PRODUCTION or settings.REDIS_URL:
        return []
    return [
        Error(
            "Without REDIS_URL each process counts its own throttles and forgets its own pages.",
            hint="Set REDIS_URL.",
            id="parama.E002",
        )
    ]
