"""The municipality's part of every page's furniture."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest

from charter.models import Municipality
from portal.core import clock
from portal.core.caching import until_published
from portal.core.compiled import compiled
from portal.core.context import register
from portal.core.languages import LANGUAGES, Localised, column, columns, pick
from portal.core.readable import Readable
from portal.core.translations import rows as plain

_TEXTS = (
    "name",
    "department",
    "short_name",
    "alert",
    "phone_institution__short_name",
    "phone_institution__name",
)
_PLAIN = (
    "alert_from",
    "alert_until",
    "address",
    "website",
    "facts_as_of",
    "is_demonstration",
    "phone_institution__phone",
    "phone_institution__phone_as_of",
    "phone_institution__code",
)


_ROW = compiled(lambda: plain(Municipality).order_by("pk").values(*columns(_TEXTS), *_PLAIN))


@dataclass(frozen=True, slots=True)
class MunicipalityCard(Readable):
    """The municipality in the page's language; `alert` is empty outside its hours."""

    name: Localised
    department: Localised
    short_name: Localised
    alert: Localised
    phone_owner: Localised
    address: str
    website: str
    phone: str
    phone_as_of: dt.date | None
    facts_as_of: dt.date | None
    is_demonstration: bool


def municipality(language: str) -> MunicipalityCard | None:
    """The card of the one municipality; None on an empty site. At most one query."""
    row = next(iter(until_published("municipality", _ROW)), None)
    if row is None:
        return None

    def text(field: str) -> Localised:
        return pick({code: row[column(field, code)] for code in LANGUAGES}, language)

    return MunicipalityCard(
        name=text("name"),
        department=text("department"),
        short_name=text("short_name"),
        alert=text("alert") if _is_now(row["alert_from"], row["alert_until"]) else Localised("", language),
        phone_owner=text("phone_institution__short_name") or text("phone_institution__name"),
        address=row["address"],
        website=row["website"],
        phone=row["phone_institution__phone"] or "",
        phone_as_of=row["phone_institution__phone_as_of"],
        facts_as_of=row["facts_as_of"],
        is_demonstration=row["is_demonstration"],
    )


def _is_now(since: dt.datetime | None, until: dt.datetime | None) -> bool:
    now = clock.now() if since or until else None
    return now is None or ((since is None or since <= now) and (until is None or now < until))


@register
def municipality_for_pages(request: HttpRequest, language: str) -> dict[str, Any]:
    """Looked up when a template first names it: templates call what can be called."""
    return {"municipality": lru_cache(maxsize=1)(lambda: municipality(language))}
