"""What changed, and what may be taken away as files."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from ninja import Schema
from pydantic import AwareDatetime, Field

KindName = Literal["services", "institutions", "topics", "articles", "charters", "standards", "measurements"]


class Changed(Schema):
    """One entry's last change."""

    kind: KindName = Field(description="The list it stands in.")
    code: str = Field(examples=["pasalpa"])
    changed_at: AwareDatetime
    is_gone: bool = Field(description="It was withdrawn. Remove it on your side; its code is not used again.")
    url: str | None = Field(description="Where it is read as data; null when it is gone.")


class Changes(Schema):
    """Changes, the oldest first. An entry stands once, with its last change."""

    items: list[Changed]
    count: int
    next: str | None
    as_of: AwareDatetime | None = Field(description="The newest change there is: ask from here next time.")


class Download(Schema):
    """The newest file with everything."""

    url: str
    made_at: AwareDatetime
    day: dt.date = Field(description="The day it is the state of.")
    bytes: int
    sha256: str
    counts: dict[str, int] = Field(description="How many of each kind are in it.", examples=[{"services": 57}])
    licence: str = Field(description="Address of the licence; empty: none was set, ask the municipality.")
