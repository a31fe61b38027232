"""A charter with promises, services and institutions, as small as a test needs them."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar

from charter.actions import record_measurement
from charter.models import (
    Area,
    Charter,
    Commitment,
    Institution,
    MeasuredHow,
    Measurement,
    Municipality,
    PeriodKind,
    Service,
    ServiceStandard,
    Source,
    Unit,
    WorkingHours,
)
from portal.core import audit
from portal.core.models import TranslatedContent

Content = TypeVar("Content", bound=TranslatedContent)
QUARTER = dt.date(2026, 7, 1)


def translated(content: Content, *languages: str) -> Content:
    """`content` with these languages declared ready, saved."""
    for language in languages or ("ru", "en", "uk"):
        content.declare_translated(language)
    content.save()
    return content


def institution(code: str = "kspc", **fields: Any) -> Institution:
    """The social support centre, with its phone, in Lithuanian and English."""
    defaults: dict[str, Any] = {
        "name_lt": "Socialinės paramos centras",
        "name_en": "Social Support Centre",
        "short_name_lt": "Paramos centras",
        "slug_lt": f"{code}-centras",
        "slug_en": f"{code}-centre",
        "phone": "(0 46) 300706",
        "phone_as_of": dt.date(2026, 11, 20),
    }
    found = Institution(code=code, **defaults | fields)
    return translated(found, "en")


def municipality(**fields: Any) -> Municipality:
    """The demo city with the centre's phone."""
    phone = Institution.objects.filter(code="kspc").first() or institution()
    defaults: dict[str, Any] = {"name_lt": "Klaipėda", "short_name_lt": "Klaipėda", "phone_institution": phone}
    return Municipality.objects.create(**defaults | fields)


def charter(code: str = "2026-1", **fields: Any) -> Charter:
    defaults: dict[str, Any] = {"title_lt": "Chartija", "title_en": "Charter", "in_force_from": dt.date(2026, 1, 1)}
    return translated(Charter(code=code, **defaults | fields), "en")


def commitment(code: str = "C08", **fields: Any) -> Commitment:
    defaults: dict[str, Any] = {
        "text_lt": "Sprendžiame per 20 dienų",
        "text_en": "We decide within 20 days",
        "area": Area.ACCESSIBILITY,
    }
    version = fields.pop("charter", None) or Charter.objects.first() or charter()
    return translated(Commitment(code=code, charter=version, **defaults | fields), "en")


def standard(code: str = "S08", **fields: Any) -> ServiceStandard:
    """A share of cases, promised in 20 days, kept when it is so for 90 of 100."""
    defaults: dict[str, Any] = {
        "name_lt": "Sprendimas",
        "name_en": "Decision",
        "sentence_lt": "Laiku: {value} iš 100",
        "sentence_en": "In time: {value} out of 100",
        "method_lt": "Skaičiuojame dienas.",
        "metric": "decided_within_days",
        "unit": Unit.DAYS,
        "promised_value": 20,
        "target": 0.9,
        "valid_from": dt.date(2026, 1, 1),
        "source": Source.CASES,
        "measured": MeasuredHow.COMPUTED,
    }
    promise = fields.pop("commitment", None) or Commitment.objects.filter(code="C08").first() or commitment()
    return translated(ServiceStandard(code=code, commitment=promise, **defaults | fields), "en")


def measured(of: ServiceStandard, numerator: int, denominator: int, **fields: Any) -> Measurement:
    """What was counted in the third quarter of 2026."""
    defaults: dict[str, Any] = {"period_kind": PeriodKind.QUARTER, "period_start": QUARTER, "by": audit.SYSTEM}
    return record_measurement(of, numerator=numerator, denominator=denominator, **defaults | fields)


def service(code: str = "pagalba", **fields: Any) -> Service:
    """Help at home, in Lithuanian and English."""
    promises = fields.pop("commitments", [])
    defaults: dict[str, Any] = {
        "name_lt": "Pagalba į namus",
        "name_en": "Help at home",
        "slug_lt": f"{code}-paslauga",
        "slug_en": f"{code}-service",
        "summary_lt": "Padedame namuose.",
        "summary_en": "We help at your home.",
        "group": "general",
    }
    made = Service(code=code, **defaults | fields)
    translated(made, "en")
    made.commitments.set(promises)
    made.save()
    return made


def working_week() -> None:
    """Monday to Friday, 8 to 17 with a lunch break."""
    for weekday in range(5):
        WorkingHours.objects.create(weekday=weekday, opens=dt.time(8), closes=dt.time(12))
        WorkingHours.objects.create(weekday=weekday, opens=dt.time(12, 45), closes=dt.time(17))
