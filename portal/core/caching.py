"""Public pages kept ready: anonymous, without cookies, for a minute, forgotten at once when something is published.

The key is the path, the view's own closed list of query parameters and the display panel's value. An unknown
parameter means no cache; `from` (how a reader came) is taken off first. A page that sets a cookie is never kept.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import cache
from django.db import models, transaction
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest, HttpResponse, HttpResponseBase

View = Callable[..., HttpResponseBase]
Kept = TypeVar("Kept")
GENERATION = "pages:generation"
SECONDS = 60
DISPLAY_COOKIE = "display"


def public_page(*, params: Iterable[str] = ()) -> Callable[[View], View]:
    """Mark a view as public content: cacheable, and only with these query parameters."""
    allowed = frozenset(params)

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            response = view(request, *args, **kwargs)
            given = set(request.GET) - {"from"}
            if response.status_code == 200 and given <= allowed:
                response._public_page = True  # type: ignore[attr-defined]
            return response

        return wrapped

    return decorate


def forget_pages() -> None:
    """What was published must be seen: after the commit every kept page is void."""
    transaction.on_commit(_next_generation)


def generation() -> int:
    """Another number after each publication: what is kept under an earlier one is void."""
    known: int | None = cache.get(GENERATION)
    if known is None:
        known = time.time_ns()  # never one that was there before the cache forgot it
        cache.add(GENERATION, known, None)
    return known


def until_published(name: str, read: Callable[[], Kept]) -> Kept:
    """What `read` gives for anybody – public words that many pages repeat –, kept as long as a page would be."""
    if not settings.PAGE_CACHE:
        return read()
    key = f"words:{generation()}:{name}"
    kept: Kept | None = cache.get(key)
    if kept is None:
        kept = read()
        cache.set(key, kept, SECONDS)
    return kept


def watch(*shown: type[models.Model]) -> None:
    """Pages show rows of these models: whenever one changes, kept pages are forgotten. Abstract ones: all below."""

    def forget(sender: type[models.Model], **_: Any) -> None:
        if issubclass(sender, shown):
            forget_pages()

    names = "-".join(model.__name__ for model in shown)
    post_save.connect(forget, weak=False, dispatch_uid=f"pages-forget-saved-{names}")
    post_delete.connect(forget, weak=False, dispatch_uid=f"pages-forget-deleted-{names}")


def _next_generation() -> None:
    try:
        cache.incr(GENERATION)
    except ValueError:
        cache.set(GENERATION, time.time_ns(), None)


class PageCacheMiddleware:
    """Answers from the cache before session, language and view cost anything."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            return self._personal(request)
        if not settings.PAGE_CACHE or request.method != "GET":
            return self.get_response(request)
        key = self._key(request)
        kept: HttpResponse | None = cache.get(key)
        if kept is not None:
            return kept
        response = self.get_response(request)
        if getattr(response, "_public_page", False) and not response.cookies and not response.streaming:
            response["Cache-Control"] = f"public, max-age={SECONDS}"
            response["Vary"] = "Cookie"
            cache.set(key, response, SECONDS)
        return response

    def _personal(self, request: HttpRequest) -> HttpResponse:
        """Also a public page names the one who is signed in: nobody on the way keeps it."""
        response = self.get_response(request)
        if getattr(response, "_public_page", False):
            response["Cache-Control"] = "no-store"
        return response

    @staticmethod
    def _key(request: HttpRequest) -> str:
        query = request.META.get("QUERY_STRING", "")
        if query:
            query = urlencode(sorted((k, v) for k in request.GET if k != "from" for v in request.GET.getlist(k)))
        display = request.COOKIES.get(DISPLAY_COOKIE, "")
        return f"page:{generation()}:{request.get_host()}:{display}:{request.path_info}?{query}".replace(" ", "_")
