"""Both descriptions, put together from what programs get of each entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from rdflib import Graph

from portal.api.catalogue import services, town
from portal.api.catalogue.dataset import Offered, dataset
from portal.api.catalogue.words import new_graph
from portal.api.entries import Entries

TURTLE, JSON_LD = "turtle", "json-ld"


def of_services(found: Mapping[str, Entries], made_at: dt.datetime, licence: str) -> Graph:
    """Services, institutions and situations (CPSV-AP 3.2)."""
    graph = new_graph()
    authority = town.municipality(graph)
    for office in found["institutions"]:
        town.institution(graph, office)
    for situation in found["topics"]:
        town.situation(graph, situation)
    days = services.promised_days(found["services"])
    for entry in found["services"]:
        services.service(graph, entry, days=days.get(entry["code"]))
    dataset(graph, authority, (), made_at, licence)
    return graph


def of_data(offered: Iterable[Offered], made_at: dt.datetime, licence: str) -> Graph:
    """The data as a whole with its files (DCAT-AP)."""
    graph = new_graph()
    dataset(graph, town.municipality(graph), offered, made_at, licence)
    return graph


def written(graph: Graph, form: str) -> bytes:
    """The description as a file."""
    if form == JSON_LD:
        return graph.serialize(format=form, auto_compact=True, indent=1).encode()
    return graph.serialize(format=form).encode()
