"""Services as the European catalogue reads them (CPSV-AP 3.2), judged by its own shapes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyshacl
import pytest
from django.test import Client
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, XSD

from charter.models import Municipality, Service
from portal.api import downloads
from portal.api.downloads import Made
from portal.core.languages import LANGUAGES

SHAPES = Path(__file__).parent / "cpsv-ap" / "shapes.ttl"
CPSV = Namespace("http://purl.org/vocab/cpsv#")
CV = Namespace("http://data.europa.eu/m8g/")
BASE = "http://127.0.0.1:8000/api/v1"


def graph_at(path: str, form: str) -> Graph:
    answer = Client().get(f"/api/v1/{path}")
    assert answer.status_code == 200
    return Graph().parse(data=answer.content, format=form)


def of(code: str) -> URIRef:
    return URIRef(f"{BASE}/services/{code}#it")


@pytest.fixture
def services(made: Made) -> Graph:
    return graph_at("catalogue.ttl", "turtle")


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("catalogue.ttl", "turtle"),
        ("catalogue.jsonld", "json-ld"),
        ("dataset.ttl", "turtle"),
        ("dataset.jsonld", "json-ld"),
    ],
)
def test_the_catalogues_own_shapes_find_nothing_wrong(path: str, form: str, made: Made) -> None:
    conforms, _graph, words = pyshacl.validate(graph_at(path, form), shacl_graph=Graph().parse(SHAPES))

    assert conforms, words


def test_the_shapes_do_find_what_is_wrong(services: Graph) -> None:
    services.remove((of("pasalpa"), CV.hasCompetentAuthority, None))

    assert not pyshacl.validate(services, shacl_graph=Graph().parse(SHAPES))[0]


def test_every_published_service_is_described_in_every_language(services: Graph) -> None:
    found = set(services.subjects(RDF.type, CPSV.PublicService))

    assert found == {of(code) for code in Service.objects.filter(live=True).values_list("code", flat=True)}
    for service in found:
        for predicate in (DCTERMS.title, DCTERMS.description):
            assert {text.language for text in services.objects(service, predicate)} == set(LANGUAGES)  # type: ignore[attr-defined]


def test_both_forms_say_the_same(made: Made) -> None:
    turtle, json_ld = graph_at("catalogue.ttl", "turtle"), graph_at("catalogue.jsonld", "json-ld")

    assert set(turtle) == set(json_ld)


def test_the_promised_time_is_a_duration(services: Graph) -> None:
    promised = set(services.objects(None, CV.processingTime))

    assert Literal("P20D", datatype=XSD.duration) in promised


def test_what_is_not_confirmed_is_left_out(shelf: Path, town: None) -> None:
    Service.objects.filter(code="pagalba_i_namus").update(unconfirmed=["provider", "price", "documents", "who"])
    downloads.make()
    graph = graph_at("catalogue.ttl", "turtle")

    for predicate in (CV.hasCost, CPSV.hasInput, CV.holdsRequirement, CV.contactPoint):
        assert not set(graph.objects(of("pagalba_i_namus"), predicate))
    assert set(graph.objects(of("pagalba_i_namus"), CV.hasCompetentAuthority)) == {
        URIRef(f"{BASE}/catalogue#municipality")
    }


def test_money_paid_out_is_what_comes_of_a_service_not_what_it_costs(services: Graph) -> None:
    birth = of("gimimo")

    assert not set(services.objects(birth, CV.hasCost))
    assert set(services.objects(birth, CPSV.produces))


def test_a_town_without_a_name_is_described_too(shelf: Path, town: None) -> None:
    Municipality.objects.all().delete()
    downloads.make()

    assert pyshacl.validate(graph_at("catalogue.ttl", "turtle"), shacl_graph=Graph().parse(SHAPES))[0]


@pytest.mark.parametrize(
    ("accept", "kind"),
    [("text/turtle", "text/turtle"), ("application/ld+json", "application/ld+json"), ("*/*", "application/ld+json")],
)
def test_the_catalogue_comes_in_the_form_asked_for(accept: str, kind: str, made: Made) -> None:
    answer = Client().get("/api/v1/catalogue", headers={"Accept": accept})

    assert answer["Content-Type"].startswith(kind)
    assert "Accept" in answer["Vary"]


def test_data_portals_find_the_archive_with_its_sum_and_no_licence_nobody_set(made: Made) -> None:
    graph = graph_at("dataset.ttl", "turtle")
    url = URIRef(f"{BASE}/downloads/parama.zip")
    (archive,) = graph.subjects(DCAT.downloadURL, url)

    assert graph.value(archive, DCAT.byteSize) == Literal(made.bytes, datatype=XSD.nonNegativeInteger)
    assert not set(graph.objects(None, DCTERMS.license))


def test_a_licence_that_was_set_stands_on_every_file(shelf: Path, town: None, settings: Any) -> None:
    settings.OPEN_DATA_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
    downloads.make()
    graph = graph_at("dataset.ttl", "turtle")
    files = set(graph.subjects(RDF.type, DCAT.Distribution))

    assert {file for file in files if graph.value(file, DCTERMS.license)} == files
