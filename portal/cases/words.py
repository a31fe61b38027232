"""What a case is called in the reader's language: its statuses, and the charter's names and promises."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from charter.models import Commitment, Service
from portal.cases.models import CaseLink
from portal.cases.registries.facts import Status
from portal.core.languages import Localised
from portal.core.translations import columns_of, rows, text

STATUS = {
    Status.RECEIVED: _("Your request has been received"),
    Status.WORKING: _("We are working on it"),
    Status.WAITING: _("We are waiting for you"),
    Status.GRANTED: _("Decided: you get it"),
    Status.REFUSED: _("Decided: you do not get it"),
    Status.WITHDRAWN: _("You withdrew the request"),
}
ON_ITS_WAY = _("Received – being passed on")
LOOK = {
    Status.RECEIVED: ("info", "info"),
    Status.WORKING: ("info", "clock"),
    Status.WAITING: ("care", "pause"),
    Status.GRANTED: ("good", "check"),
    Status.REFUSED: ("bad", "close"),
    Status.WITHDRAWN: ("info", "close"),
}
CHANNELS = {
    "note": _("a note from the office"),
    "phone": _("by phone"),
    "mail": _("by mail"),
    "visit": _("a visit"),
    "portal": _("through the portal"),
}
OFFICE_LANGUAGE = "lt"
NOTHING = Localised("", OFFICE_LANGUAGE)


@dataclass(frozen=True, slots=True)
class About:
    """Which service it is about, who provides it, and what was promised."""

    service: Localised
    institution: Localised
    phone: str
    promise: Localised


def about(link: CaseLink, language: str) -> About:
    """Names in the reader's language; two queries. A service that is gone is called by its code."""
    joined = "provider__"
    row = (
        rows(Service)
        .filter(code=link.service)
        .values(*columns_of(("name",)), *columns_of(("name",), prefix=joined), "provider__phone")
        .first()
    )
    promise = (
        rows(Commitment).filter(standards__code=link.standard).values(*columns_of(("text",))).first()
        if link.standard
        else None
    )
    if row is None:
        return About(Localised(link.service, language), NOTHING, "", NOTHING)
    return About(
        service=text(row, "name", language),
        institution=text(row, "name", language, prefix=joined) if row["provider__phone"] is not None else NOTHING,
        phone=row["provider__phone"] or "",
        promise=text(promise, "text", language) if promise else NOTHING,
    )


def service_names(codes: Collection[str], language: str) -> dict[str, Localised]:
    """Names of services by their codes; one query."""
    found = rows(Service).filter(code__in=codes).values("code", *columns_of(("name",))) if codes else ()
    return {row["code"]: text(row, "name", language) for row in found}


def from_office(words: str, language: str) -> Localised:
    """Something the office wrote: in its own language, and marked so where the page is in another."""
    return Localised(words, OFFICE_LANGUAGE, language != OFFICE_LANGUAGE)
