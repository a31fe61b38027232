"""The rights matrix: every address and socket has a row that says who may come in.

Each package keeps its rows in `<package>/rights.py` as `RIGHTS: dict[str, Row]`, keyed by the route's full name
(`namespace:name`); `namespace:*` or `folder/*` stands for a whole third-party part.
A route without a row fails the build.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver


class Who(enum.Enum):
    """Whom a door lets in."""

    EVERYONE = "everyone"
    RECEIPT = "the resident who holds the grant or receipt"
    STAFF = "signed-in staff with one of the roles"
    CMS = "staff with Wagtail's permission"
    SIGNED_IN = "anybody signed in"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: whom, with which roles (charter's Role values), and how a stranger is answered."""

    who: Who
    roles: frozenset[str] = field(default_factory=frozenset)
    stranger_sees: int = 404


def everyone() -> Row:
    return Row(Who.EVERYONE, stranger_sees=200)


def receipt_holder() -> Row:
    return Row(Who.RECEIPT)


def staff(*roles: str) -> Row:
    return Row(Who.STAFF, frozenset(roles), stranger_sees=302)


def cms() -> Row:
    return Row(Who.CMS, stranger_sees=302)


def signed_in() -> Row:
    return Row(Who.SIGNED_IN, stranger_sees=302)


def matrix() -> dict[str, Row]:
    """All rows of all installed packages."""
    rows: dict[str, Row] = {}
    for config in apps.get_app_configs():
        name = f"{config.name}.rights"
        if config.name != "portal.core" and find_spec(name) is not None:
            rows |= import_module(name).RIGHTS
    return rows


def routes() -> Iterator[tuple[str, str]]:
    """(full name, pattern) of every address in the URLconf; a nameless one is named by its pattern."""
    yield from _walk(get_resolver(), (), "")


def _walk(resolver: URLResolver, spaces: tuple[str, ...], prefix: str) -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield ":".join((*spaces, entry.name or pattern)), pattern
        else:
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from _walk(entry, inner, pattern)


def row_for(route: str, pattern: str, rows: dict[str, Row]) -> Row | None:
    """The row of a route, of its namespace (`space:*`) or of the folder it lies in (`cms/*`); None: the build fails."""
    space, _, _ = route.partition(":")
    folder, _, _ = pattern.partition("/")
    return rows.get(route) or rows.get(f"{space}:*") or rows.get(f"{folder}/*")
