"""Services as residents read them: a line in a list, and the whole page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from charter.models import Service, ServiceDifference
from charter.offices import OFFICE_COLUMNS, Office, office_of
from portal.core import rich_text
from portal.core.addresses import address, alternates, under
from portal.core.compiled import compiled
from portal.core.languages import Localised, columns, lines_of
from portal.core.readable import Readable
from portal.core.references import References
from portal.core.translations import columns_of, is_outdated, text
from portal.core.translations import rows as plain

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
class ServiceCard(Readable):
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
class Fact(Readable):
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
class Similar(Readable):
    """A service that people mix up with this one."""

    url: str
    name: Localised
    difference: Localised


@dataclass(frozen=True, slots=True)
class ServiceFacts(Readable):
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


def published_services() -> QuerySet[Any]:
    """Services that residents may see."""
    return plain(Service).filter(live=True)


def _cards(build: Callable[..., QuerySet[Any]]) -> Callable[..., list[dict[str, Any]]]:
    return compiled(lambda *values: build(published_services(), *values).order_by("popular", "code").values(*_CARD))


_ALL = _cards(lambda services: services)
_POPULAR = _cards(lambda services: services.filter(popular__isnull=False))
_OF_TOPIC = _cards(lambda services, pk: services.filter(topics=pk))
_OF_ARTICLE = _cards(lambda services, pk: services.filter(articles=pk))
_OF_INSTITUTION = _cards(lambda services, pk: services.filter(provider=pk))
_NAMED = compiled(lambda slug: published_services().filter(under(slug)).order_by("pk").values(*_PAGE))
_WITH = compiled(lambda pk: published_services().filter(pk=pk).values(*_PAGE))
_DIFFERENCES = compiled(
    lambda pk: (
        plain(ServiceDifference)
        .filter(service=pk, other__live=True)
        .order_by("pk")
        .values(*columns_of(("name", "slug"), prefix="other__"), *columns(("difference",)))
    ),
)


def all_services(language: str) -> list[ServiceCard]:
    """Every service for a list, the popular ones first."""
    return _as_cards(_ALL(), language)


def popular_services(language: str, *, limit: int) -> list[ServiceCard]:
    """What people come for most often."""
    return _as_cards(_POPULAR()[:limit], language)


def services_of_topic(topic_id: int, language: str) -> list[ServiceCard]:
    """The services that help in a situation."""
    return _as_cards(_OF_TOPIC(topic_id), language)


def services_of_article(article_id: int, language: str) -> list[ServiceCard]:
    """The services an answer is about."""
    return _as_cards(_OF_ARTICLE(article_id), language)


def services_of_institution(institution_id: int, language: str) -> list[ServiceCard]:
    """The services an institution gives."""
    return _as_cards(_OF_INSTITUTION(institution_id), language)


def _as_cards(rows: list[dict[str, Any]], language: str) -> list[ServiceCard]:
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
    return _facts_of(next(iter(_NAMED(slug)), None), language)


def service_with(pk: int, language: str) -> ServiceFacts | None:
    """The published service with this key."""
    return _facts_of(next(iter(_WITH(pk)), None), language)


def _facts_of(row: Mapping[str, Any] | None, language: str) -> ServiceFacts | None:
    if row is None:
        return None
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
        similar=tuple(_similar(other, language) for other in _DIFFERENCES(row["id"])),
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
