"""Addresses of what is live: the socket, and the long-poll that stands in for it."""

from __future__ import annotations

from typing import Any

from django.urls import re_path

from chat import long_poll
from chat.consumers import ResidentSocket
from chat.desk.consumers import DeskSocket

_CONSULTATION = r"^ws/consultations/(?P<public_id>[A-Za-z0-9_-]{22})"
websocket_urlpatterns = [
    re_path(rf"{_CONSULTATION}$", ResidentSocket.as_asgi(), name="consultation"),
    re_path(r"^ws/desk/$", DeskSocket.as_asgi(), name="desk"),
]
_long_poll: Any = long_poll.events  # an ASGI application, not a view
http_urlpatterns = [re_path(rf"{_CONSULTATION}/events$", _long_poll, name="consultation_events")]
