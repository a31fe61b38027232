"""Who one is speaking with: earlier contacts by the same number, requests, whether identity was checked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from chat import access, numbers
from chat.models import Channel, Consultation, Outcome
from chat.transcript import StaffEvent
from portal.cases import access as cases
from portal.cases import identity
from portal.core.languages import Localised
from portal.core.models import User
from portal.core.translations import columns_of, text

MOST = 8


@dataclass(frozen=True, slots=True)
class Earlier:
    """One earlier contact."""

    public_id: str
    reference: str
    channel: str
    started_at: dt.datetime
    topic: Localised
    outcome: str


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether enough was asked before anything personal is said, and when."""

    at: dt.datetime
    by: str
    is_enough: bool


def earlier_contacts(consultation: Consultation, user: User, language: str) -> list[Earlier]:
    """Other contacts from this phone number that this member of staff may open, newest first. One query."""
    found = access.by_number(consultation.phone_digest).exclude(pk=consultation.pk)
    return _rows(found.filter(pk__in=access.for_staff(user).values("pk")), language)


def found_by(typed: str, user: User, language: str) -> list[Earlier]:
    """Contacts under a number of a receipt or a phone number that a caller names."""
    by_reference = access.by_reference(typed, user=user)
    if by_reference is not None:
        return _rows(access.for_staff(user).filter(pk=by_reference.pk), language)
    try:
        digest = numbers.digest(numbers.read(typed))
    except numbers.NoNumber:
        return []
    return _rows(access.by_number(digest).filter(pk__in=access.for_staff(user).values("pk")), language)


def requests_of(consultation: Consultation, earlier: Sequence[Earlier], user: User) -> Any:
    """Requests registered out of this contact and the earlier ones."""
    references = [consultation.reference, *(one.reference for one in earlier)]
    return cases.for_staff(user).filter(consultation_reference__in=references)


def proof_of(events: Sequence[StaffEvent]) -> Proof | None:
    """The last check of identity in this conversation."""
    checks = [event for event in events if "identity" in event.data]
    if not checks:
        return None
    last = checks[-1]
    return Proof(last.at, last.name, is_enough=identity.is_enough(last.data["identity"]))


def script() -> list[str]:
    """The steps of a call."""
    return [
        _("Say the service and your name"),
        _("Ask how to address them and in which language to speak"),
        _("Listen, then sum up in your own words what they need"),
        _("Before anything personal: check at least three things about who they are"),
        _("Answer in plain words from the article, and note the article"),
        _("Before you let them wait: say why and how long"),
        _("If you hand over: name the person and tell them the matter"),
        _("If not now: say who rings back and by when"),
        _("Offer to send the answer by message or letter"),
        _("Ask whether there is anything else; say how to complain or praise"),
        _("Note topic, outcome and what happens next"),
    ]


def crisis_script() -> list[str]:
    """In danger the usual steps stop."""
    return [
        _("Stop the usual questions. Ask: are you safe at this moment?"),
        _("Life in danger: 112, now. Stay with them until help is on its way"),
        _("Violence, or a child at risk: give the crisis lines of the card; offer to ring together"),
        _("Do not ask for name or code. Do not promise what you can’t keep"),
        _("Never ring back a phone that others may answer unless they agreed"),
        _("Your supervisor has been told and can read along. Do not end it: they end it"),
    ]


def _rows(found: Any, language: str) -> list[Earlier]:
    facts = found.values(
        *("public_id", "reference", "channel", "started_at", "wrapup__outcome"),
        *columns_of(("name",), prefix="topic__"),
    )
    outcomes = dict(Outcome.choices)
    channels = dict(Channel.choices)
    return [
        Earlier(
            public_id=fact["public_id"],
            reference=fact["reference"],
            channel=str(channels.get(fact["channel"], "")),
            started_at=fact["started_at"],
            topic=text(fact, "name", language, prefix="topic__"),
            outcome=str(outcomes.get(fact["wrapup__outcome"], "")),
        )
        for fact in facts.order_by("-started_at")[:MOST]
    ]
