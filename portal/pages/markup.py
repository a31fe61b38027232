"""Services, institutions and the first page for machines (schema.org), with the facts their pages show.

What is not confirmed is left out: a machine would not pass the warning on.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString

from charter.catalogue import Fact, ServiceFacts
from charter.context import MunicipalityCard
from charter.offices import Office, OfficeFacts
from portal.core import markup
from portal.core.addresses import page_address
from portal.core.languages import LANGUAGES, current


def service(facts: ServiceFacts, municipality: MunicipalityCard | None) -> SafeString:
    """A GovernmentService with who gives it, for whom, for how much and where to ask."""
    language = current()
    known = {fact.name: said for fact in facts.facts if not fact.is_unsure and (said := _said(fact))}
    provider = facts.provider if not facts.is_provider_unsure else None
    data = {
        "@type": "GovernmentService",
        "@id": f"{settings.SITE_URL}{facts.alternates['lt']}#service",
        "identifier": facts.code,
        "mainEntityOfPage": _page(facts.alternates[language]),
        "url": f"{settings.SITE_URL}{facts.alternates[language]}",
        "name": markup.words(facts.name),
        "description": markup.words(facts.summary),
        "audience": {"@type": "Audience", "audienceType": known.get("who", "")},
        "offers": {"@type": "Offer", "description": known.get("price", "")},
        "provider": _office(provider) if provider else {},
        "areaServed": _area(municipality),
        "availableChannel": {
            "@type": "ServiceChannel",
            "servicePhone": _phone(provider.phone if provider else ""),
            "serviceUrl": f"{settings.SITE_URL}{facts.alternates[language]}",
            "availableLanguage": list(LANGUAGES),
        },
    }
    return markup.block(data)


def institution(facts: OfficeFacts) -> SafeString:
    """A GovernmentOffice with what it does and how to reach it."""
    office = facts.office
    unsure = office.unconfirmed
    does = "" if "does" in unsure else markup.plain(facts.does)
    data = _office(office) | {
        "mainEntityOfPage": _page(office.url),
        "description": does,
        "address": "" if "address" in unsure else _address(office.address),
        "telephone": "" if "phone" in unsure else office.phone,
        "email": facts.email,
        "sameAs": facts.website,
    }
    if "hours" not in unsure:
        data["openingHours"] = [str(line) for line in facts.hours]
    return markup.block(data)


def home(municipality: MunicipalityCard | None) -> SafeString:
    """The site, whose it is, and where one searches."""
    if municipality is None:
        return SafeString("")
    language = current()
    search = page_address("kb:search", language)
    data = {
        "@type": "WebSite",
        "name": "Parama",
        "url": f"{settings.SITE_URL}{page_address('pages:home', language)}",
        "inLanguage": language,
        "publisher": {
            "@type": "GovernmentOrganization",
            "name": municipality.name.text,
            "url": municipality.website,
            "telephone": municipality.phone,
            "address": _address(municipality.address),
        },
        "potentialAction": {
            "@type": "SearchAction",
            "target": f"{settings.SITE_URL}{search}?q={{search_term_string}}",
            "query-input": "required name=search_term_string",
        },
    }
    return markup.block(data)


def _page(url: str) -> dict[str, str]:
    return {"@type": "WebPage", "@id": f"{settings.SITE_URL}{url}", "inLanguage": current()}


def _said(fact: Fact) -> str:
    """A fact as one text."""
    parts = [fact.headline.text, markup.plain(fact.html), *(str(line) for line in fact.lines)]
    return " ".join(part for part in parts if part)


def _office(office: Office) -> dict[str, Any]:
    return {
        "@type": "GovernmentOffice",
        "@id": f"{settings.SITE_URL}{office.url}#office",
        "identifier": office.code,
        "name": markup.words(office.name),
        "url": f"{settings.SITE_URL}{office.url}",
        "telephone": office.phone,
        "address": _address(office.address),
    }


def _address(street: str) -> dict[str, str]:
    return {"@type": "PostalAddress", "streetAddress": street}


def _phone(number: str) -> dict[str, str]:
    return {"@type": "ContactPoint", "telephone": number}


def _area(municipality: MunicipalityCard | None) -> dict[str, Any]:
    return {"@type": "AdministrativeArea", "name": markup.words(municipality.name)} if municipality else {}
