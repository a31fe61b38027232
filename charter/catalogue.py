"""Services as residents read them: a line in a list, and the whole page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from charter.models import Service, ServiceDifference
from charter.offices import OFFICE_COLUMNS, Office, office_of
from portal.core import rich_text
from portal.core.addresses import address, alternates, under
from portal.core.languages import Localised, lines_of
from portal.core.references import References
from portal.core.translations import columns_of, is_outdated, text

_CARD = ("id", "code", "group", "popular", "provider_id", *columns_of(("name", "slug", "summary", "fact")))
_TEXTS = (
    "name",
    "slug",
    "summary",
    "who",
    "how",
    "documents",
    "price_headline",
    "price",
    "term_headline",
    "term",
    "steps",
    "legal_basis",
)
_PAGE = (
    "id",
    "code",
    "is_sensitive",
    "is_decided_by_municipality",
    "sources",
    "checked_on",
    "unconfirmed",
    *columns_of(_TEXTS),
    *(f"provider__{name}" for name in OFFICE_COLUMNS),
)
# The facts of a page in their order: name, text, headline, icon, whether the text is a list of lines.
_FACTS = (
    ("who", "who", "", "person", False),
    ("price", "price", "price_headline", "euro", False),
    ("how", "how", "", "steps", False),
    ("documents", "documents", "", "doc", True),
    ("term", "term", "term_headline", "clock", False),
)


@dataclass(frozen=True, slots=True)
class ServiceCard:
    """A service in a list, with the one fact people compare."""

    id: int
    code: str
    url: str
    name: Localised
    summary: Localised
    fact: Localised
    group: str
    popular: int | None
    provider_id: int | None


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a service. `is_unsure`: not confirmed; `is_missing`: nothing is known at all."""

    name: str
    icon: str
    headline: Localised
    html: SafeString
    lines: tuple[Localised, ...]
    is_unsure: bool

    @property
    def is_missing(self) -> bool:
        return not (self.headline or self.html or self.lines)


@dataclass(frozen=True, slots=True)
class Similar:
    """A service that people mix up with this one."""

    url: str
    name: Localised
    difference: Localised


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """Everything a service's page says about it, in the reader's language."""

    id: int
    code: str
    alternates: Mapping[str, str]
    name: Localised
    summary: Localised
    facts: tuple[Fact, ...]
    steps: tuple[Localised, ...]
    similar: tuple[Similar, ...]
    legal_basis: tuple[Localised, ...]
    provider: Office | None
    is_provider_unsure: bool
    is_decided_by_municipality: bool
    is_sensitive: bool
    is_outdated: bool
    sources: tuple[Mapping[str, str], ...]
    checked_on: dt.date | None
    sums_of: tuple[int, ...]


def published_services() -> QuerySet[Service]:
    """Services that residents may see."""
    return Service.objects.filter(live=True)


def service_cards(services: QuerySet[Service], language: str) -> list[ServiceCard]:
    """These services for a list: one query, and one for the bases of the sums in their facts."""
    rows = list(services.values(*_CARD))
    facts = [text(row, "fact", language) for row in rows]
    found = References.of(facts)
    return [_card(row, found.fill(fact), language) for row, fact in zip(rows, facts, strict=True)]


def _card(row: Mapping[str, Any], fact: Localised, language: str) -> ServiceCard:
    return ServiceCard(
        id=row["id"],
        code=row["code"],
        url=address("pages:service", row, language),
        name=text(row, "name", language),
        summary=text(row, "summary", language),
        fact=fact,
        group=row["group"],
        popular=row["popular"],
        provider_id=row["provider_id"],
    )


def service_named(slug: str, language: str) -> ServiceFacts | None:
    """The published service known by `slug` in any language."""
    return _facts_of(published_services().filter(under(slug)), language)


def service_with(pk: int, language: str) -> ServiceFacts | None:
    """The published service with this key."""
    return _facts_of(published_services().filter(pk=pk), language)


def _facts_of(services: QuerySet[Service], language: str) -> ServiceFacts | None:
    row = services.values(*_PAGE).first()
    if row is None:
        return None
    differences = list(
        ServiceDifference.objects.filter(service=row["id"], other__live=True)
        .order_by("pk")
        .values(
            *(f"other__{name}" for name in columns_of(("name", "slug"))),
            *(f"difference_{code}" for code in ("lt", "ru", "en", "uk")),
        )
    )
    texts = {name: text(row, name, language) for name in _TEXTS}
    found = References.of(texts.values())
    unconfirmed = frozenset(row["unconfirmed"])
    return ServiceFacts(
        id=row["id"],
        code=row["code"],
        alternates=alternates("pages:service", row),
        name=texts["name"],
        summary=found.fill(texts["summary"]),
        facts=tuple(_fact(texts, found, unconfirmed, *fact) for fact in _FACTS),
        steps=lines_of(found.fill(texts["steps"])),
        similar=tuple(_similar(other, language) for other in differences),
        legal_basis=lines_of(texts["legal_basis"]),
        provider=office_of(row, language, prefix="provider__"),
        is_provider_unsure="provider" in unconfirmed,
        is_decided_by_municipality=row["is_decided_by_municipality"],
        is_sensitive=row["is_sensitive"],
        is_outdated=is_outdated(row, Service.SOURCE_FIELDS, language),
        sources=tuple(row["sources"]),
        checked_on=row["checked_on"],
        sums_of=tuple(found.years),
    )


def _fact(
    texts: Mapping[str, Localised],
    found: References,
    unconfirmed: Iterable[str],
    name: str,
    field: str,
    headline: str,
    icon: str,
    is_list: bool,
) -> Fact:
    body = texts[field]
    return Fact(
        name=name,
        icon=icon,
        headline=found.fill(texts[headline]) if headline else Localised("", body.language),
        html=SafeString("") if is_list else rich_text.shown(body, found),
        lines=lines_of(found.fill(body)) if is_list else (),
        is_unsure=name in unconfirmed,
    )


def _similar(row: Mapping[str, Any], language: str) -> Similar:
    name = text(row, "name", language, prefix="other__")
    shown = row[f"difference_{name.language}"] or ""
    return Similar(
        url=address("pages:service", row, language, prefix="other__"),
        name=name,
        difference=Localised(shown, name.language, name.is_fallback),
    )
