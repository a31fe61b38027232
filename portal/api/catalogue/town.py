"""The municipality, its area, its institutions and the situations in life."""

from __future__ import annotations

from typing import Any

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, ORG, SKOS, TIME

from charter.models import Municipality
from portal.api.catalogue.words import CV, LOCN, document, identified, is_a, say, thing, whole
from portal.core.languages import LANGUAGES, columns

AUTHORITY, AREA = "municipality", "area"


def municipality(graph: Graph) -> URIRef:
    """The authority behind everything, with the area it is there for."""
    row = Municipality.objects.order_by("pk").values(*columns(("name",)), "website", "address").first() or {}
    names = {code: row[f"name_{code}"] for code in LANGUAGES if row.get(f"name_{code}")} or {"en": "Municipality"}
    authority = identified(graph, whole(AUTHORITY), AUTHORITY, CV.PublicOrganisation, ORG.Organization, FOAF.Agent)
    area = is_a(graph, whole(AREA), DCTERMS.Location)
    say(graph, area, SKOS.prefLabel, names)
    say(graph, authority, SKOS.prefLabel, names)
    say(graph, authority, DCTERMS.title, names)
    say(graph, authority, FOAF.name, names)
    graph.add((authority, DCTERMS.spatial, area))
    if row.get("website"):
        graph.add((authority, FOAF.homepage, document(graph, row["website"])))
    return authority


def institution(graph: Graph, entry: dict[str, Any]) -> None:
    """A public organisation with how to reach it; what is not confirmed is left out."""
    unsure, code = entry["unconfirmed"], entry["code"]
    office = identified(graph, thing("institutions", code), code, CV.PublicOrganisation, ORG.Organization, FOAF.Agent)
    for predicate in (SKOS.prefLabel, DCTERMS.title):
        say(graph, office, predicate, entry["name"])
    graph.add((office, DCTERMS.spatial, whole(AREA)))
    graph.add((office, ORG.subOrganizationOf, whole(AUTHORITY)))
    if entry["address"] and "address" not in unsure:
        address = is_a(graph, thing("institutions", code, "address"), LOCN.Address)
        say(graph, address, LOCN.fullAddress, {"lt": entry["address"]})
        graph.add((office, LOCN.address, address))
    graph.add((office, CV.contactPoint, _contact(graph, entry)))


def _contact(graph: Graph, entry: dict[str, Any]) -> URIRef:
    code, unsure = entry["code"], entry["unconfirmed"]
    contact = is_a(graph, contact_of(code), CV.ContactPoint)
    if entry["phone"] and "phone" not in unsure:
        graph.add((contact, CV.telephone, Literal(entry["phone"])))
    if entry["email"]:
        graph.add((contact, CV.email, Literal(entry["email"])))
    for url in entry["urls"].values():
        graph.add((contact, CV.contactPage, document(graph, url)))
    if entry["hours"] and "hours" not in unsure:
        hours = is_a(graph, thing("institutions", code, "hours"), TIME.TemporalEntity)
        say(graph, hours, DCTERMS.description, entry["hours"])
        graph.add((contact, CV.openingHours, hours))
    return contact


def contact_of(code: str) -> URIRef:
    """The name of an institution's contact point."""
    return thing("institutions", code, "contact")


def situation(graph: Graph, entry: dict[str, Any]) -> None:
    """A situation in life with the services that help in it."""
    event = identified(graph, thing("topics", entry["code"]), entry["code"], CV.Event, CV.LifeEvent)
    say(graph, event, DCTERMS.title, entry["name"])
    say(graph, event, DCTERMS.description, entry["description"])
    for code in entry["services"]:
        graph.add((event, CV.hasRelatedService, thing("services", code)))
