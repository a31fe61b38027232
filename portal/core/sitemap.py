"""Every public page, for the site map and for search engines. Packages register what they have."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from portal.core.languages import Localised


@dataclass(frozen=True, slots=True)
class Entry:
    """One page: its title and its path for a reader of each language."""

    title: Localised
    urls: dict[str, str]
    changed_on: dt.date | None = None


Entries = Callable[[str], Iterable[Entry]]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the site map; `entries(language)` lists what the public may open."""

    name: str
    label: Any
    entries: Entries
    order: int = field(default=50)


_sections: dict[str, Section] = {}


def register(section: Section) -> None:
    """Add a part; a name stands once."""
    _sections[section.name] = section


def sections() -> list[Section]:
    return sorted(_sections.values(), key=lambda section: (section.order, section.name))
