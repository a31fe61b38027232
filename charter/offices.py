"""Institutions as residents read them: whom to ring, and the whole page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from charter.models import Institution
from portal.core import rich_text
from portal.core.addresses import address, alternates, under
from portal.core.compiled import compiled
from portal.core.languages import Localised, lines_of
from portal.core.readable import Readable
from portal.core.references import References
from portal.core.translations import columns_of, is_outdated, text
from portal.core.translations import rows as plain

OFFICE_COLUMNS = ("id", "code", "phone", "phone_as_of", "address", *columns_of(("name", "short_name", "slug")))
_CARD = (*OFFICE_COLUMNS, *columns_of(("serves",)), "unconfirmed")
_TEXTS = ("does", "serves", "phone_note", "hours")
_PAGE = (
    *OFFICE_COLUMNS,
    *columns_of(_TEXTS),
    "other_addresses",
    "email",
    "website",
    "hours_as_of",
    "sources",
    "checked_on",
    "unconfirmed",
)


@dataclass(frozen=True, slots=True)
class Office(Readable):
    """An institution's name, address on this site and phone with the day it was checked."""

    id: int
    code: str
    url: str
    name: Localised
    short_name: Localised
    phone: str
    phone_as_of: dt.date | None
    address: str
    serves: Localised
    unconfirmed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class OfficeFacts(Readable):
    """Everything an institution's page says about it, in the reader's language."""

    office: Office
    alternates: Mapping[str, str]
    does: SafeString
    serves: SafeString
    phone_note: Localised
    hours: tuple[Localised, ...]
    hours_as_of: str
    other_addresses: tuple[str, ...]
    email: str
    website: str
    is_outdated: bool
    sources: tuple[Mapping[str, str], ...]
    checked_on: dt.date | None


def published_institutions() -> QuerySet[Any]:
    """Institutions that residents may see."""
    return plain(Institution).filter(live=True).order_by("order", "code")


_ALL = compiled(lambda: published_institutions().values(*_CARD))
_OF_ARTICLE = compiled(lambda pk: published_institutions().filter(articles=pk).values(*OFFICE_COLUMNS))
_NAMED = compiled(lambda slug: published_institutions().filter(under(slug)).values(*_PAGE))
_WITH = compiled(lambda pk: published_institutions().filter(pk=pk).values(*_PAGE))


def offices(language: str) -> list[Office]:
    """All institutions for a list, in their order: one query."""
    return [office for row in _ALL() if (office := office_of(row, language))]


def office_with_code(code: str, language: str) -> Office | None:
    """A published institution by its code."""
    row = published_institutions().filter(code=code).values(*OFFICE_COLUMNS).first()
    return office_of(row, language) if row else None


def offices_of_article(article_id: int, language: str) -> list[Office]:
    """The institutions an answer belongs to."""
    return [office for row in _OF_ARTICLE(article_id) if (office := office_of(row, language))]


def office_of(row: Mapping[str, Any], language: str, *, prefix: str = "") -> Office | None:
    """The institution in these columns; None where the join found none."""
    if row[f"{prefix}id"] is None:
        return None
    name = text(row, "name", language, prefix=prefix)
    has_card = f"{prefix}unconfirmed" in row and not prefix
    return Office(
        id=row[f"{prefix}id"],
        code=row[f"{prefix}code"],
        url=address("pages:institution", row, language, prefix=prefix),
        name=name,
        short_name=text(row, "short_name", language, prefix=prefix) or name,
        phone=row[f"{prefix}phone"],
        phone_as_of=row[f"{prefix}phone_as_of"],
        address=row[f"{prefix}address"],
        serves=text(row, "serves", language) if has_card else Localised("", language),
        unconfirmed=frozenset(row["unconfirmed"]) if has_card else frozenset(),
    )


def institution_named(slug: str, language: str) -> OfficeFacts | None:
    """The published institution known by `slug` in any language."""
    return _facts_of(next(iter(_NAMED(slug)), None), language)


def institution_with(pk: int, language: str) -> OfficeFacts | None:
    """The published institution with this key."""
    return _facts_of(next(iter(_WITH(pk)), None), language)


def _facts_of(row: Mapping[str, Any] | None, language: str) -> OfficeFacts | None:
    office = office_of(row, language) if row else None
    if row is None or office is None:
        return None
    texts = {name: text(row, name, language) for name in _TEXTS}
    found = References.of(texts.values())
    return OfficeFacts(
        office=office,
        alternates=alternates("pages:institution", row),
        does=rich_text.shown(texts["does"], found),
        serves=rich_text.shown(texts["serves"], found),
        phone_note=texts["phone_note"],
        hours=lines_of(texts["hours"]),
        hours_as_of=row["hours_as_of"],
        other_addresses=tuple(row["other_addresses"]),
        email=row["email"],
        website=row["website"],
        is_outdated=is_outdated(row, Institution.SOURCE_FIELDS, language),
        sources=tuple(row["sources"]),
        checked_on=row["checked_on"],
    )
