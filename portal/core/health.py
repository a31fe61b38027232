"""Whether this process lives, and whether each part it needs answers. Parts register themselves."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, JsonResponse

logger = logging.getLogger(__name__)
Check = Callable[[], str]
_parts: dict[str, tuple[Check, bool]] = {}


def register(name: str, check: Check, *, needed: bool) -> None:
    """`check` returns a word for people ("ok", "42 articles") or raises; `needed`: without it we are not ready."""
    _parts[name] = (check, needed)


def live(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> JsonResponse:
    """200 when every needed part answers, else 503; each part's state either way."""
    parts: dict[str, dict[str, object]] = {}
    is_ready = True
    for name, (check, needed) in _parts.items():
        try:
            parts[name] = {"ok": True, "state": check()}
        except Exception as trouble:  # whatever it is, the answer must say which part is ill
            logger.warning("health: %s is not well: %s", name, type(trouble).__name__)
            parts[name] = {"ok": False, "state": type(trouble).__name__}
            is_ready = is_ready and not needed
    return JsonResponse(
        {"status": "ok" if is_ready else "not ready", "parts": parts},
        status=200 if is_ready else 503,
    )


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return connection.vendor


register("database", _database, needed=True)
