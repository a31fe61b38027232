"""Parts that do not fit together are refused before anybody is served."""

from __future__ import annotations

from typing import Any

import pytest

from portal.project import checks

REDIS = {"default": {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer"}}
MEMORY = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}


@pytest.mark.parametrize(
    ("production", "layer", "redis", "ids"),
    [
        (True, MEMORY, "redis://here", ["parama.E001"]),
        (True, REDIS, "", ["parama.E002"]),
        (True, REDIS, "redis://here", []),
        (False, MEMORY, "", []),
    ],
)
def test_production_needs_what_several_processes_share(
    settings: Any, production: bool, layer: dict[str, Any], redis: str, ids: list[str]
) -> None:
    settings.PRODUCTION, settings.CHANNEL_LAYERS, settings.REDIS_URL = production, layer, redis

    found = [*checks.several_processes_hear_each_other(), *checks.several_processes_share_their_cache()]

    assert [one.id for one in found] == ids
    assert all(one.hint for one in found)
