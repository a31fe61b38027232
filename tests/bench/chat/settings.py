"""The product's settings with the limits a load generator needs; `make bench-chat` prints what it raised."""

from portal.project.settings import *  # noqa: F403
from portal.project.settings import CHAT_LIMITS

RAISED = {"messages_a_minute": 1_000_000, "frames_a_minute": 1_000_000}
CHAT_LIMITS = CHAT_LIMITS | RAISED
