"""Parts of lists: how much of what is asked for, and where the next part is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field

from portal.api import changes
from portal.api.kinds import Kind
from portal.api.reading import absolute, readable_in

MOST, FARTHEST = 100, 1_000_000
Language = Literal["lt", "ru", "en", "uk"]


def _written_out(value: Any) -> Any:
    """Seconds since 1970 are a number nobody recognises as a moment."""
    if isinstance(value, str) and "T" not in value.upper():
        raise ValueError("write a moment as 2026-11-25T09:30:00Z")
    return value


def _within_reach(value: dt.datetime) -> dt.datetime:
    """No database converts the first and last days there are; nothing of ours is older or newer than these."""
    naive = min(max(value.replace(tzinfo=None), dt.datetime(1970, 1, 2)), dt.datetime(2999, 1, 1))  # noqa: DTZ001
    return naive.replace(tzinfo=value.tzinfo)


Moment = Annotated[AwareDatetime, BeforeValidator(_written_out), AfterValidator(_within_reach)]


class Part(Schema):
    """Which part of a list."""

    limit: int = Field(default=MOST, ge=1, le=MOST, description="How many at most.")
    offset: int = Field(default=0, ge=0, le=FARTHEST, description="How many to leave out first.")


class Spoken(Schema):
    """In which language."""

    language: Language | None = Field(
        default=None, description="Only what can be read in this language, and texts in no other."
    )

    @property
    def only(self) -> str:
        return self.language or ""


class Followed(Part, Spoken):
    """A part of a list, in one language, changed since."""

    changed_since: Moment | None = Field(
        default=None,
        description="Only what changed after this moment (with its time zone); `gone` then names what was withdrawn.",
    )


def listed(request: HttpRequest, response: HttpResponse, kind: Kind, asked: Followed) -> dict[str, Any]:
    """A part of a kind's list with when each entry changed."""
    as_of = changes.as_of(kind.name)  # first: what comes in between is told again, never missed
    rows = kind.rows()
    if asked.language:
        rows = rows.filter(readable_in(asked.language))
    if asked.changed_since:
        rows = rows.exclude(code__in=changes.unchanged(kind.name, asked.changed_since))
    count = rows.count()
    items = kind.read(rows[asked.offset : asked.offset + asked.limit], asked.only)
    with_moments(kind.name, items)
    return {
        "items": items,
        "count": count,
        "next": next_part(request, response, asked, count),
        "gone": changes.gone(kind.name, asked.changed_since) if asked.changed_since else None,
        "as_of": as_of,
    }


def with_moments(kind: str, items: list[dict[str, Any]]) -> None:
    """Say of each entry when it last changed."""
    moments = changes.moments(kind, [item["code"] for item in items])
    for item in items:
        item["changed_at"] = moments.get(item["code"])


def followed(
    request: HttpRequest, response: HttpResponse, kind: str, found: Iterable[dict[str, Any]], asked: Followed
) -> dict[str, Any]:
    """A part of what has no rows of its own to filter, with when each entry changed."""
    as_of, since = changes.as_of(kind), asked.changed_since
    same = set(changes.unchanged(kind, since)) if since else set()
    items = [item for item in found if item["code"] not in same]
    part = items[asked.offset : asked.offset + asked.limit]
    with_moments(kind, part)
    return {
        "items": part,
        "count": len(items),
        "next": next_part(request, response, asked, len(items)),
        "gone": changes.gone(kind, since) if since else None,
        "as_of": as_of,
    }


def next_part(request: HttpRequest, response: HttpResponse, asked: Part, count: int) -> str | None:
    """The address of the next part, in the answer and in its header; None at the end."""
    offset = asked.offset + asked.limit
    if offset >= min(count, FARTHEST):
        return None
    query = {name: value for name, value in request.GET.items() if name in type(asked).model_fields}
    url = absolute(request.path) + "?" + urlencode(query | {"limit": asked.limit, "offset": offset})
    response["Link"] = f'<{url}>; rel="next"'
    return url
