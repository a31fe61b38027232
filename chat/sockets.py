"""Addresses of what is live: the socket, and the long-poll that stands in for it."""

from __future__ import annotations

from typing import Any

from django.urls import re_path

from chat import long_poll
from chat.consumers import resident
from chat.desk.consumers import desk

_CONSULTATION = r"^ws/consultations/(?P<public_id>[A-Za-z0-9_-]{22})"
# ASGI applications, not views
_resident: Any = resident
_desk: Any = desk
_long_poll: Any = long_poll.events
websocket_urlpatterns = [
    re_path(rf"{_CONSULTATION}$", _resident, name="consultation"),
    re_path(r"^ws/desk/$", _desk, name="desk"),
]
http_urlpatterns = [re_path(rf"{_CONSULTATION}/events$", _long_poll, name="consultation_events")]
