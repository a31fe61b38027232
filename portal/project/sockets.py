"""Addresses of the sockets and long-polls; each capability brings its own."""

from __future__ import annotations

from typing import Any

import chat.sockets

websocket_urlpatterns: list[Any] = [*chat.sockets.websocket_urlpatterns]
http_urlpatterns: list[Any] = [*chat.sockets.http_urlpatterns]
