""" "Was this page useful?" as it was posted, and the key under which it counts once."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass

from django.http import HttpRequest

from portal.core import clock
from portal.core.crypto import keyed
from portal.core.languages import current
from portal.core.throttling import network

_PAGE = re.compile(r"(article|service|institution|topic|page):([\w-]{1,40})")


@dataclass(frozen=True, slots=True)
class PostedVote:
    """A vote that can be kept."""

    page_kind: str
    page_code: str
    is_useful: bool
    text: str
    key: uuid.UUID
    is_explained: bool


def read(request: HttpRequest) -> PostedVote | None:
    """What was posted; None when it is no vote."""
    page = _PAGE.fullmatch(request.POST.get("page", ""))
    useful = request.POST.get("useful")
    if page is None or useful not in {"yes", "no"}:
        return None
    return PostedVote(
        page_kind=page[1],
        page_code=page[2],
        is_useful=useful == "yes",
        text=request.POST.get("text", "").strip(),
        key=_key(request, page[0]),
        is_explained="text" in request.POST,
    )


def _key(request: HttpRequest, page: str) -> uuid.UUID:
    """One vote a page, day and device. A cached page is the same for everybody, so it can carry no key of its own.

    Made from a keyed digest that changes every day: it leads back to nobody.
    """
    device = request.headers.get("User-Agent", "")
    facts = "|".join((network(request), device, page, current(), clock.today().isoformat()))
    return uuid.UUID(keyed("vote", facts)[:32])
