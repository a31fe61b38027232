"""The product's settings with a layer that loses, doubles or reorders hints as a file says, and raised limits."""

from tests.bench.chat.settings import *  # noqa: F403
from tests.bench.chat.settings import CHANNEL_LAYERS

CHANNEL_LAYERS = {"default": CHANNEL_LAYERS["default"] | {"BACKEND": "tests.chaos.layers.Troubled"}}
