"""The vocabularies of the description, and how things of ours are called in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.conf import settings
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, ORG, RDF, SKOS, TIME, XSD

CPSV = Namespace("http://purl.org/vocab/cpsv#")
CV = Namespace("http://data.europa.eu/m8g/")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
LOCN = Namespace("http://www.w3.org/ns/locn#")
ADMS = Namespace("http://www.w3.org/ns/adms#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
PREFIXES = {
    "cpsv": CPSV,
    "cv": CV,
    "eli": ELI,
    "locn": LOCN,
    "adms": ADMS,
    "spdx": SPDX,
    "dcat": DCAT,
    "dct": DCTERMS,
    "foaf": FOAF,
    "org": ORG,
    "skos": SKOS,
    "time": TIME,
    "xsd": XSD,
}
Texts = Mapping[str, str]


def new_graph() -> Graph:
    """An empty description whose names are written short."""
    graph = Graph(bind_namespaces="none")
    for prefix, space in PREFIXES.items():
        graph.bind(prefix, space)
    return graph


def thing(kind: str, code: str, part: str = "it") -> URIRef:
    """The name of a thing: the address of its data, and which thing of those described there."""
    return URIRef(f"{settings.SITE_URL}/api/v1/{kind}/{code}#{part}")


def whole(part: str) -> URIRef:
    """The name of something that belongs to the whole site."""
    return URIRef(f"{settings.SITE_URL}/api/v1/catalogue#{part}")


def say(graph: Graph, subject: URIRef, predicate: URIRef, texts: Texts) -> None:
    """A text in every language it has."""
    for language, text in texts.items():
        graph.add((subject, predicate, Literal(text, lang=language)))


def is_a(graph: Graph, subject: URIRef, *kinds: URIRef) -> URIRef:
    for kind in kinds:
        graph.add((subject, RDF.type, kind))
    return subject


def identified(graph: Graph, subject: URIRef, code: str, *kinds: URIRef) -> URIRef:
    """A thing of these kinds with its identifier."""
    graph.add((subject, DCTERMS.identifier, Literal(code)))
    return is_a(graph, subject, *kinds)


def document(graph: Graph, url: str) -> URIRef:
    """A page for people."""
    return is_a(graph, URIRef(url), FOAF.Document)


def lines_of(texts: Texts) -> Iterable[Texts]:
    """A text of one item a line as its items, each in the languages that have as many lines as the first."""
    split = {language: [line.strip() for line in text.splitlines() if line.strip()] for language, text in texts.items()}
    length = len(next(iter(split.values()), []))
    same = {language: lines for language, lines in split.items() if len(lines) == length}
    for place in range(length):
        yield {language: lines[place] for language, lines in same.items()}
