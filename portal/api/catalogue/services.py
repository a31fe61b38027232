"""A service as CPSV-AP 3.2 describes one. What is not confirmed is left out: a program would not pass the doubt on."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_noop as _
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, XSD

from charter.models import Clock, Source
from charter.selectors import standards_in_force
from portal.api.catalogue import town
from portal.api.catalogue.dataset import in_all_languages
from portal.api.catalogue.words import CPSV, CV, ELI, Texts, document, identified, is_a, lines_of, say, thing, whole
from portal.core.languages import LANGUAGES
from portal.core.markup import plain

# Services whose group begins like this pay money out: what the price says is what comes of them, not what they cost.
PAID_OUT = "cash-"
CHANNELS = (("web", _("On this site")), ("phone", _("By phone")), ("office", _("In person at the office")))
DAYS_A_WEEK, WORKING_DAYS_A_WEEK = 7, 5


def service(graph: Graph, entry: dict[str, Any], *, days: int | None) -> None:
    """One service with its authority, contact, channels, costs or output, evidence, law and promised time."""
    code, unsure = entry["code"], entry["unconfirmed"]
    it = identified(graph, thing("services", code), code, CPSV.PublicService)
    say(graph, it, DCTERMS.title, entry["name"])
    say(graph, it, DCTERMS.description, entry["summary"] or entry["name"])
    graph.add((it, DCTERMS.isPartOf, whole("dataset")))
    graph.add((it, DCTERMS.spatial, whole(town.AREA)))
    for url in entry["urls"].values():
        graph.add((it, FOAF.page, document(graph, url)))
    provider = entry["provider"] if "provider" not in unsure else None
    for authority in _authorities(provider, entry["is_decided_by_municipality"]):
        graph.add((it, CV.hasCompetentAuthority, authority))
    if provider:
        graph.add((it, CV.contactPoint, town.contact_of(provider)))
    if days:
        graph.add((it, CV.processingTime, Literal(f"P{days}D", datatype=XSD.duration)))
    for topic in entry["topics"]:
        graph.add((it, CV.isGroupedBy, thing("topics", topic)))
    _channels(graph, it, entry, provider)
    _price(graph, it, entry)
    _needed(graph, it, entry)


def _authorities(provider: str | None, is_decided_by_municipality: bool) -> Iterable[URIRef]:
    if provider:
        yield thing("institutions", provider)
    if is_decided_by_municipality or not provider:
        yield whole(town.AUTHORITY)


def _channels(graph: Graph, it: URIRef, entry: dict[str, Any], provider: str | None) -> None:
    for name, words in CHANNELS if provider else CHANNELS[:1]:
        channel = identified(graph, _part(entry, f"channel-{name}"), f"{entry['code']}-{name}", CV.Channel)
        say(graph, channel, DCTERMS.description, in_all_languages(words))
        if provider:
            graph.add((channel, CV.ownedBy, thing("institutions", provider)))
        graph.add((it, CV.hasChannel, channel))


def _price(graph: Graph, it: URIRef, entry: dict[str, Any]) -> None:
    said = _joined(entry["price_headline"], entry["price"])
    if not said or "price" in entry["unconfirmed"]:
        return
    if entry["group"].startswith(PAID_OUT):
        output = identified(graph, _part(entry, "output"), f"{entry['code']}-output", CV.Output)
        say(graph, output, DCTERMS.title, entry["name"])
        say(graph, output, DCTERMS.description, said)
        graph.add((it, CPSV.produces, output))
        return
    cost = identified(graph, _part(entry, "cost"), f"{entry['code']}-cost", CV.Cost)
    say(graph, cost, DCTERMS.description, said)
    graph.add((it, CV.hasCost, cost))


def _needed(graph: Graph, it: URIRef, entry: dict[str, Any]) -> None:
    """Who can get it, with which documents, by which law."""
    code, unsure = entry["code"], entry["unconfirmed"]
    if entry["who"] and "who" not in unsure:
        requirement = identified(graph, _part(entry, "who"), f"{code}-who", CV.Requirement)
        say(graph, requirement, DCTERMS.title, entry["name"])
        say(graph, requirement, DCTERMS.description, _plain(entry["who"]))
        graph.add((it, CV.holdsRequirement, requirement))
    for place, name in enumerate(lines_of(entry["documents"]) if "documents" not in unsure else (), 1):
        evidence = identified(graph, _part(entry, f"document-{place}"), f"{code}-document-{place}", CV.Evidence)
        say(graph, evidence, DCTERMS.title, name)
        graph.add((it, CPSV.hasInput, evidence))
    for place, name in enumerate(lines_of(entry["legal_basis"]), 1):
        act = is_a(graph, _part(entry, f"law-{place}"), ELI.LegalResource)
        say(graph, act, DCTERMS.title, name)
        graph.add((it, CV.hasLegalResource, act))


def promised_days(entries: Iterable[dict[str, Any]]) -> dict[str, int]:
    """The longest time promised for a case of each service, in calendar days, by the service's code: one query.

    A standard made for a service stands in the general one's place; working days are reckoned five a week.
    """
    rows = standards_in_force().filter(
        source=Source.CASES, promised_value__isnull=False, unit__in=("days", "working_days")
    )
    by_promise: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows.values("commitment__code", "service__code", "promised_value", "clock"):
        by_promise[row["commitment__code"]].append(row)
    found: dict[str, int] = {}
    for entry in entries:
        days = [
            _calendar_days(row)
            for promise in entry["commitments"]
            for row in _of_service(by_promise[promise], entry["code"])
        ]
        if days:
            found[entry["code"]] = max(days)
    return found


def _of_service(rows: list[Mapping[str, Any]], code: str) -> list[Mapping[str, Any]]:
    own = [row for row in rows if row["service__code"] == code]
    return own or [row for row in rows if row["service__code"] is None]


def _calendar_days(row: Mapping[str, Any]) -> int:
    days = float(row["promised_value"])
    return math.ceil(days * DAYS_A_WEEK / WORKING_DAYS_A_WEEK if row["clock"] == Clock.WORKING else days)


def _part(entry: dict[str, Any], part: str) -> URIRef:
    return thing("services", entry["code"], part)


def _plain(texts: Texts) -> dict[str, str]:
    return {language: plain(text) for language, text in texts.items()}


def _joined(headline: Texts, html: Texts) -> dict[str, str]:
    """Both texts of a fact as one, language by language."""
    said = {code: f"{headline.get(code, '')} {plain(html.get(code, ''))}".strip() for code in LANGUAGES}
    return {code: text for code, text in said.items() if text}
