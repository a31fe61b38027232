"""The rights matrix, walked: whoever has no business behind a door is turned away at it, door by door."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from portal.core import rights
from portal.core.rights import Who
from tests.people import dan

pytestmark = pytest.mark.django_db
SOMETHING = {
    "int": "1",
    "slug": "x",
    "str": "x",
    "path": "x",
    "uuid": str(UUID(int=1)),
    "public_id": "A" * 22,
}
_PART = re.compile(r"<(?:(\w+):)?\w+>")
TURNED_AWAY = {302, 403, 404, 405}


def doors() -> Iterator[tuple[str, str, rights.Row]]:
    """(route, an address of it, its row) of every door of ours that is not everybody's."""
    rows = rights.matrix()
    for route, pattern, address in _walk(get_resolver(), (), "", "/"):
        row = rights.row_for(route, pattern, rows)
        if row is not None and row.who not in {Who.EVERYONE, Who.CMS}:
            yield route, address, row


def _walk(resolver: URLResolver, spaces: tuple[str, ...], pattern: str, address: str) -> Iterator[tuple[str, str, str]]:
    for entry in resolver.url_patterns:
        here = pattern + str(entry.pattern)
        there = address + _filled(entry)
        if isinstance(entry, URLPattern):
            yield ":".join((*spaces, entry.name or here)), here, there
        else:
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from _walk(entry, inner, here, there)


def _filled(entry: URLPattern | URLResolver) -> str:
    return _PART.sub(lambda part: SOMETHING.get(part[1] or "str", "x"), str(entry.pattern))


def answers(client: Client, address: str) -> set[int]:
    posted = client.post(address, headers={"Sec-Fetch-Site": "same-origin"})  # past the question where a form came from
    return {client.get(address).status_code, posted.status_code}


def test_there_are_doors_to_try() -> None:
    assert len(list(doors())) > 30


def test_somebody_from_the_street_comes_nowhere() -> None:
    street = Client()

    let_in = {route: got for route, address, _ in doors() if not (got := answers(street, address)) <= TURNED_AWAY}

    assert let_in == {}


def test_whoever_signed_in_without_a_role_comes_nowhere_either() -> None:
    client = Client()
    client.force_login(dan())
    mine = (door for door in doors() if door[2].who is not Who.SIGNED_IN)

    let_in = {route: got for route, address, _ in mine if not (got := answers(client, address)) <= TURNED_AWAY}

    assert let_in == {}
