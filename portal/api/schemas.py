"""The shape of what programs get. Texts are `{language: text}`, with those languages only that people may read."""

from __future__ import annotations

import datetime as dt
from typing import Any, Generic, TypeVar

from ninja import Schema

Texts = dict[str, str]
Item = TypeVar("Item")


class Listed(Schema, Generic[Item]):
    """A part of a list, and how many there are in all."""

    items: list[Item]
    count: int


class Entry(Schema):
    """What every item has: its code, which never changes, and its address in each language."""

    code: str
    urls: Texts


class Source(Schema):
    title: str = ""
    url: str = ""
    as_of: str = ""


class Service(Entry):
    id: str
    name: Texts
    summary: Texts
    fact: Texts
    who: Texts
    how: Texts
    documents: Texts
    price_headline: Texts
    price: Texts
    term_headline: Texts
    term: Texts
    group: str
    provider: str | None
    commitments: list[str]
    confidence: str
    checked_on: dt.date | None
    unconfirmed: list[str]
    sources: list[Source]


class Institution(Entry):
    id: str
    name: Texts
    short_name: Texts
    does: Texts
    serves: Texts
    hours: Texts
    phone: str
    phone_as_of: dt.date | None
    phone_note: Texts
    address: str
    email: str
    website: str
    confidence: str
    checked_on: dt.date | None
    unconfirmed: list[str]
    sources: list[Source]


class Article(Entry):
    title: Texts
    short_answer: Texts
    body: Texts
    topics: list[str]
    services: list[str]
    institutions: list[str]
    checked_on: dt.date | None
    sources: list[Source]


class Measurement(Schema):
    """What was counted in one quarter. Small numbers are left out: then the figures are null."""

    promise: str
    standard: str
    institution: str
    period: str
    kept: int | None
    of: int | None
    value: float | None
    low: float | None
    high: float | None
    target: float
    direction: str
    verdict: str
    reason: str
    action: str
    act_by: str
    is_running: bool
    is_demonstration: bool


class Standard(Entry):
    commitment: str
    name: Texts
    method: Texts
    metric: str
    kind: str
    unit: str
    direction: str
    clock: str
    legal_value: float | None
    promised_value: float | None
    target: float
    source: str
    measured: str
    valid_from: dt.date
    valid_until: dt.date | None


class MeasuredStandard(Standard):
    measurements: list[Measurement]


class Commitment(Schema):
    code: str
    area: str
    text: Texts
    is_proposal: bool
    standards: list[MeasuredStandard]


class Line(Schema):
    kind: str
    code: str
    text: Texts
    explanation: Texts
    is_proposal: bool


class Charter(Entry):
    title: Texts
    introduction: Texts
    is_proposal: bool
    in_force_from: dt.date
    in_force_until: dt.date | None
    lines: list[Line]
    commitments: list[Commitment]


class Hit(Schema):
    kind: str
    code: str
    title: str
    url: str
    lang: str


class Hits(Schema):
    """The answers of the search page; `suggestion` is offered and never applied."""

    hits: list[Hit]
    count: int
    suggestion: str


def sources_of(value: Any) -> list[dict[str, str]]:
    """Sources as words only, whatever an editor wrote into the field."""
    given = value if isinstance(value, list) else []
    return [
        {key: str(source.get(key) or "") for key in ("title", "url", "as_of")}
        for source in given
        if isinstance(source, dict)
    ]
