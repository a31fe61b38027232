"""Services, institutions, topics, articles, and what a search finds."""

from __future__ import annotations

import datetime as dt

from ninja import Schema
from pydantic import Field

from portal.api.schemas.common import Entry, Sourced, Texts


class Service(Sourced):
    """A service of the municipality. Texts marked HTML are clean HTML, the others plain; sums are filled in."""

    id: str = Field(description="The same as `code`.", examples=["pasalpa"])
    name: Texts
    summary: Texts = Field(description="What it is, in one or two sentences.")
    fact: Texts = Field(description="The one fact people compare.")
    who: Texts = Field(description="Who can get it. HTML.")
    how: Texts = Field(description="How to get it. HTML.")
    documents: Texts = Field(description="Documents needed, one a line.")
    price_headline: Texts
    price: Texts = Field(description="What it costs or pays. HTML.")
    term_headline: Texts
    term: Texts = Field(description="How long it takes. HTML.")
    steps: Texts = Field(description="What happens next, one step a line.")
    legal_basis: Texts = Field(description="Legal acts, one a line.")
    group: str = Field(description="Which family of services it belongs to.", examples=["cash-social-assistance"])
    spis_code: str = Field(
        description="Its code in the national information system SPIS; empty: none.", examples=["PS"]
    )
    provider: str | None = Field(description="Code of the institution that gives it.", examples=["kspc"])
    is_decided_by_municipality: bool
    is_sensitive: bool = Field(description="Whoever reads it may need to leave the page quickly.")
    commitments: list[str] = Field(description="Codes of the promises made about it.", examples=[["C08"]])
    topics: list[str] = Field(description="Codes of the situations it helps in.")


class Institution(Sourced):
    """An institution that gives services."""

    id: str = Field(description="The same as `code`.", examples=["kspc"])
    name: Texts
    short_name: Texts
    does: Texts = Field(description="What it does. HTML.")
    serves: Texts = Field(description="For whom. HTML.")
    hours: Texts = Field(description="Opening hours, one line a stretch.")
    hours_as_of: str
    phone: str = Field(examples=["+370 46 000 000"])
    phone_as_of: dt.date | None = Field(description="When the number was checked.")
    phone_note: Texts
    address: str
    other_addresses: list[str]
    email: str
    website: str


class Topic(Entry):
    """A situation in life."""

    name: Texts
    description: Texts
    services: list[str] = Field(description="Codes of the services that help.")


class Article(Sourced):
    """An answer to one question."""

    title: Texts = Field(description="The question.")
    short_answer: Texts
    body: Texts = Field(description="The whole answer. HTML.")
    audience: str = Field(description="For whom it is written.", examples=["everybody"])
    is_sensitive: bool
    topics: list[str]
    services: list[str] = Field(description="Codes of the services it is about, three at most.")
    institutions: list[str]
    review_on: dt.date | None = Field(description="When it will be checked again.")


class Hit(Schema):
    """One thing found."""

    kind: str = Field(examples=["article"])
    code: str = Field(examples=["A-001"])
    title: str
    url: str
    lang: str = Field(description="The language the title is in; not always the one asked for.", examples=["en"])


class Hits(Schema):
    """The answers of the search page; `suggestion` is offered and never applied."""

    hits: list[Hit]
    count: int
    suggestion: str
