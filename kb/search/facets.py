"""The choices beside a list of results: what it can be narrowed to, in words, with how many each leaves."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from charter.offices import offices
from kb.search.documents import Audience, sources
from kb.search.narrowing import Narrowing
from kb.search.results import SearchResults
from kb.topics import all_topics
from portal.core.languages import LANGUAGES, OWN_NAMES
from portal.core.readable import Readable

MOST_VALUES = 9


@dataclass(frozen=True, slots=True)
class Value(Readable):
    """One choice. `language`: of its label, where that is not the page's."""

    code: str
    label: str
    count: int
    is_chosen: bool
    language: str = ""


@dataclass(frozen=True, slots=True)
class Facet(Readable):
    """One question with its choices. `name`: of the parameter in the address."""

    name: str
    legend: str
    values: tuple[Value, ...]

    @property
    def is_chosen(self) -> bool:
        return any(value.is_chosen for value in self.values)


Labels = Mapping[str, tuple[str, str]]  # code → label and its language, "" for the page's own


PUBLIC = ("kind", "topic", "office", "in")
STAFF = (*PUBLIC, "for")
MOST_CHOSEN = 20
Chosen = Mapping[str, tuple[str, ...]]
_CODE = re.compile(r"[\w-]{1,40}", re.ASCII)


def chosen_in(query: QueryDict, names: Sequence[str] = PUBLIC) -> Chosen:
    """What the address narrows to; what makes no sense in it is left out."""
    given = {name: tuple(dict.fromkeys(filter(_CODE.fullmatch, query.getlist(name)))) for name in names}
    return {name: values[:MOST_CHOSEN] for name, values in given.items() if values}


def narrowing(chosen: Chosen) -> Narrowing:
    return Narrowing.to(**{_FACETS[name][0]: values for name, values in chosen.items()})


def of(results: SearchResults, chosen: Chosen, names: Sequence[str] = PUBLIC) -> list[Facet]:
    """Facets with something to choose: more than one value, or one that was chosen and can be taken back."""
    if not chosen and not any(results.facets.values()):
        return []
    made = [_facet(name, results, chosen.get(name, ())) for name in names]
    return [facet for facet in made if len(facet.values) > 1 or facet.is_chosen]


def _facet(name: str, results: SearchResults, chosen: tuple[str, ...]) -> Facet:
    field, legend, labels_of = _FACETS[name]
    counted = results.facets.get(field, {})
    labels = labels_of(results.language) if counted or chosen else {}
    values = [
        Value(code, label, counted.get(code, 0), code in chosen, language)
        for code, (label, language) in labels.items()
        if counted.get(code) or code in chosen
    ]
    values.sort(key=lambda value: (not value.is_chosen, -value.count))
    return Facet(name, legend(), tuple(values[:MOST_VALUES]))


def _kinds(language: str) -> Labels:
    return {kind: (str(source.plural), "") for kind, source in sources().items()}


def _topics(language: str) -> Labels:
    return {card.code: (card.name.text, _foreign(card.name)) for card in all_topics(language)}


def _offices(language: str) -> Labels:
    return {card.code: (card.name.text, _foreign(card.name)) for card in offices(language)}


def _languages(language: str) -> Labels:
    return {code: (OWN_NAMES[code], "" if code == language else code) for code in LANGUAGES}


def _audiences(language: str) -> Labels:
    return {
        Audience.PUBLIC: (_("For everybody"), ""),
        Audience.STAFF: (_("For staff only: notes, drafts"), ""),
    }


def _foreign(text: Any) -> str:
    return text.language if text.is_fallback else ""


_FACETS: dict[str, tuple[str, Callable[[], str], Callable[[str], Labels]]] = {
    "kind": ("kind", lambda: _("What to show"), _kinds),
    "topic": ("topics", lambda: _("Topic"), _topics),
    "office": ("institutions", lambda: _("Institution"), _offices),
    "in": ("languages", lambda: _("Language of the answer"), _languages),
    "for": ("audience", lambda: _("For whom"), _audiences),
}
