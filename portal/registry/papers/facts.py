"""What documents are filled with, and a made-up sample of all of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.core import clock
from portal.core.languages import pick
from portal.core.sums import in_euros
from portal.core.templatetags.parama import in_figures
from portal.registry.models import Programme, Recipient
from portal.registry.months.prices import prices
from portal.registry.programmes.forms import WEEKDAYS

SAMPLE: dict[str, Any] = {
    "number": "IP-0000-000000-1",
    "today": "2026-01-31",
    "department": "Parodomasis skyrius",
    "person": {
        "name": "Pavyzdienė Ona",
        "code": "00000000000",
        "birth_date": "1940-01-31",
        "address": "Parodomoji g. 1",
        "phone": "+370 000 00000",
    },
    "representative": {"name": "Pavyzdys Jonas", "phone": "+370 000 00000", "ground": "-"},
    "programme": {
        "number": "IP-2026-000000",
        "version": 1,
        "since": "2026-02-01",
        "until": "2026-12-31",
        "form": "-",
        "payment": "-",
        "rule": "-",
        "days": "-",
        "hour": "09:00",
        "worker": "Rūta",
    },
    "case": {"number": "SP-2026-000000", "decided_on": "2026-01-20"},
    "due": [{"what": "-", "day": "2026-12-31"}],
    "services": [{"name": "Asmens higiena", "times": 2, "per": "-", "minutes": 60, "price": "10,00 €"}],
}


def names() -> list[str]:
    """Every field a template may use, as it is written between the braces."""
    found = []
    for name, value in SAMPLE.items():
        if isinstance(value, dict):
            found += [f"{name}.{inner}" for inner in value]
        elif isinstance(value, list):
            found += [f"{name}: {inner}" for inner in value[0]]
        else:
            found.append(name)
    return found


def of(programme: Programme, *, language: str) -> dict[str, Any]:
    """Everything about a programme and its person, as words and figures of this language. Nothing is None."""
    with override(language):
        return {
            "number": "",
            "today": in_figures(clock.today()),
            "department": programme.department,
            "person": _person(programme.recipient),
            "representative": _representative(programme.recipient),
            "programme": _programme(programme),
            "case": _case(programme),
            "due": [],
            "services": _services(programme, language),
        }


def of_person(person: Recipient, *, department: str) -> dict[str, Any]:
    """The same about a person without a programme, in the language of the page: those fields are empty."""
    worker = str(person.worker.user) if person.worker else ""
    return {
        "number": "",
        "today": in_figures(clock.today()),
        "department": department,
        "person": _person(person),
        "representative": dict.fromkeys(SAMPLE["representative"], ""),
        "programme": dict.fromkeys(SAMPLE["programme"], "") | {"worker": worker},
        "case": dict.fromkeys(SAMPLE["case"], ""),
        "due": [],
        "services": [],
    }


def _person(person: Recipient) -> dict[str, Any]:
    return {
        "name": person.name,
        "code": person.code,
        "birth_date": in_figures(person.birth_date) if person.birth_date else "",
        "address": person.address,
        "phone": person.phone,
    }


def _representative(person: Recipient) -> dict[str, Any]:
    found = person.representatives.first()
    if found is None:
        return {"name": "", "phone": "", "ground": ""}
    return {"name": found.name, "phone": found.phone, "ground": found.ground}


def _programme(programme: Programme) -> dict[str, Any]:
    return {
        "number": programme.number,
        "version": programme.version,
        "since": in_figures(programme.since),
        "until": in_figures(programme.until),
        "form": str(programme.get_form_display()),
        "payment": str(programme.get_payment_display()),
        "rule": programme.rule.said.text if programme.rule else "",
        "days": ", ".join(str(label) for code, label in WEEKDAYS if code in programme.weekdays),
        "hour": f"{programme.hour:%H:%M}" if programme.hour else "",
        "worker": str(programme.worker.user) if programme.worker else "",
    }


def _case(programme: Programme) -> dict[str, Any]:
    case = programme.case
    decided = in_figures(case.decided_on) if case and case.decided_on else ""
    return {"number": (case.number or "") if case else "", "decided_on": decided}


def _services(programme: Programme, language: str) -> list[dict[str, Any]]:
    price = prices()
    found = []
    for line in programme.lines.select_related("service"):
        cents = price.on(line.service_id, programme.since)
        sum_ = in_euros(Decimal(cents) / 100, language) if cents is not None else _("no price yet")
        found.append(
            {
                "name": pick(line.service.names, language).text,
                "times": line.times,
                "per": str(line.get_per_display()),
                "minutes": line.minutes,
                "price": sum_,
            }
        )
    return found
