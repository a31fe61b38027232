"""The data as a whole for data portals: DCAT-AP – a catalogue of one data set, its files and the API behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as _
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, XSD

from portal.api.catalogue.words import SPDX, document, identified, is_a, say, whole
from portal.core.addresses import page_address
from portal.core.languages import LANGUAGES

TITLE = _("Social support: services, institutions, answers, promises and their results")
ABOUT = _("Everything the public reads on the portal, as data in four languages. No personal details.")
_EU = "http://publications.europa.eu/resource/authority"
_TONGUES = {"lt": "LIT", "ru": "RUS", "en": "ENG", "uk": "UKR"}


@dataclass(frozen=True, slots=True)
class Offered:
    """One file to take away."""

    name: str
    url: str
    media_type: str
    file_type: str
    size: int
    sha256: str


def dataset(graph: Graph, authority: URIRef, offered: Iterable[Offered], made_at: dt.datetime, licence: str) -> None:
    """The catalogue with its one data set."""
    it = identified(graph, whole("dataset"), f"{settings.SITE_URL}/api/v1/catalogue#dataset", DCAT.Dataset)
    catalogue = is_a(graph, whole("catalogue"), DCAT.Catalog)
    graph.add((catalogue, DCAT.dataset, it))
    for subject in (it, catalogue):
        say(graph, subject, DCTERMS.title, in_all_languages(TITLE))
        say(graph, subject, DCTERMS.description, in_all_languages(ABOUT))
        graph.add((subject, DCTERMS.publisher, authority))
        graph.add((subject, DCTERMS.modified, Literal(made_at.isoformat(), datatype=XSD.dateTime)))
        for tongue in _TONGUES.values():
            graph.add((subject, DCTERMS.language, is_a(graph, _named("language", tongue), DCTERMS.LinguisticSystem)))
    for language in LANGUAGES:
        page = document(graph, f"{settings.SITE_URL}{page_address('pages:open_data', language)}")
        graph.add((it, DCAT.landingPage, page))
    graph.add((it, DCTERMS.accrualPeriodicity, is_a(graph, _named("frequency", "DAILY"), DCTERMS.Frequency)))
    graph.add((it, DCTERMS.accessRights, is_a(graph, _named("access-right", "PUBLIC"), DCTERMS.RightsStatement)))
    graph.add((it, DCAT.theme, _named("data-theme", "SOCI")))
    for file in offered:
        graph.add((it, DCAT.distribution, _distribution(graph, file, licence)))
    graph.add((catalogue, DCAT.service, _api(graph, it, licence)))


def _distribution(graph: Graph, file: Offered, licence: str) -> URIRef:
    it = is_a(graph, whole(file.name), DCAT.Distribution)
    graph.add((it, DCTERMS.title, Literal(file.name)))
    for predicate in (DCAT.accessURL, DCAT.downloadURL):
        graph.add((it, predicate, URIRef(file.url)))
    graph.add((it, DCAT.mediaType, URIRef(f"https://www.iana.org/assignments/media-types/{file.media_type}")))
    graph.add((it, DCTERMS.format, _named("file-type", file.file_type)))
    if file.sha256:
        graph.add((it, DCAT.byteSize, Literal(file.size, datatype=XSD.nonNegativeInteger)))
        checksum = is_a(graph, whole(f"{file.name}-checksum"), SPDX.Checksum)
        graph.add((checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256))
        graph.add((checksum, SPDX.checksumValue, Literal(file.sha256, datatype=XSD.hexBinary)))
        graph.add((it, SPDX.checksum, checksum))
    _licensed(graph, it, licence)
    return it


def _api(graph: Graph, served: URIRef, licence: str) -> URIRef:
    it = is_a(graph, whole("api"), DCAT.DataService)
    say(graph, it, DCTERMS.title, in_all_languages(TITLE))
    graph.add((it, DCAT.endpointURL, URIRef(f"{settings.SITE_URL}/api/v1/")))
    graph.add((it, DCAT.endpointDescription, URIRef(f"{settings.SITE_URL}/api/v1/openapi.json")))
    graph.add((it, DCAT.servesDataset, served))
    _licensed(graph, it, licence)
    return it


def _licensed(graph: Graph, it: URIRef, licence: str) -> None:
    """Nothing is said where no licence was set: silence is no permission."""
    if licence:
        graph.add((it, DCTERMS.license, is_a(graph, URIRef(licence), DCTERMS.LicenseDocument)))


def _named(table: str, code: str) -> URIRef:
    """An entry of the EU's authority tables."""
    return URIRef(f"{_EU}/{table}/{code}")


@lru_cache(maxsize=16)
def in_all_languages(words: str) -> dict[str, str]:
    """A sentence of ours as it is said in each language."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = gettext(words)
    return found
