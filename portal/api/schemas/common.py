"""What all answers have in common."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Generic, TypeVar

from ninja import Schema
from pydantic import AwareDatetime, ConfigDict, Field

Item = TypeVar("Item")
Texts = Annotated[
    dict[str, str],
    Field(
        description="A text by language (`lt`, `ru`, `en`, `uk`). A language that is not ready is left out.",
        examples=[{"lt": "Socialinė pašalpa", "en": "Social benefit"}],
    ),
]
Urls = Annotated[
    dict[str, str],
    Field(
        description="Where people read it, by language.",
        examples=[{"en": "https://parama.example/en/services/social-benefit/"}],
    ),
]


class Problem(Schema):
    """What went wrong (RFC 9457, `application/problem+json`)."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(description="Kind of problem; `about:blank`: the status says it all.", examples=["about:blank"])
    title: str = Field(description="The status in words.", examples=["Unprocessable Content"])
    status: int = Field(description="The HTTP status again.", examples=[422])
    detail: str = Field(description="What was wrong with this request.", examples=["limit: at most 100"])


class Listed(Schema, Generic[Item]):
    """A part of a list. Follow `next` until it is null; the order is always the same."""

    items: list[Item]
    count: int = Field(description="How many there are in all.", examples=[57])
    next: str | None = Field(description="The next part; null at the end. Also as a `Link` header.", examples=[None])


class Followed(Listed[Item], Generic[Item]):
    """A part of a list that can be asked for what changed."""

    gone: list[str] | None = Field(
        description="Codes withdrawn since `changed_since`; null when that was not asked.", examples=[None]
    )
    as_of: AwareDatetime | None = Field(
        description="The newest change of this list. Give it as `changed_since` next time: nothing is missed.",
        examples=["2026-11-25T07:30:00Z"],
    )


class Entry(Schema):
    """What every entry has."""

    code: str = Field(description="Its code. It never changes and is never used again.", examples=["pasalpa"])
    urls: Urls
    languages: list[str] = Field(
        description="Languages people may read it in, the one it was written in among them.", examples=[["lt", "en"]]
    )
    outdated: list[str] = Field(description="Languages whose original has changed since.", examples=[[]])
    changed_at: AwareDatetime | None = Field(
        default=None,
        description="When anything in it last changed; null when that was not looked at yet (within minutes).",
        examples=["2026-11-25T07:30:00Z"],
    )


class Source(Schema):
    """Where a fact is from."""

    title: str = Field(default="", examples=["Law on Cash Social Assistance"])
    url: str = Field(default="", examples=["https://www.e-tar.lt/"])
    as_of: str = Field(default="", description="The day it was read, as written.", examples=["2026-01-15"])


class Sourced(Entry):
    """An entry whose facts have sources."""

    confidence: str = Field(
        description="`A` sourced and dated, `B` sourced in part, `C` uncertain, `knowledge` not checked.",
        examples=["A"],
    )
    checked_on: dt.date | None = Field(description="When somebody last checked it.", examples=["2026-10-01"])
    unconfirmed: list[str] = Field(description="Facts that are not confirmed: ask before you rely on them.")
    sources: list[Source]
