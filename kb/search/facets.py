"""The choices beside a list of results: what it can be narrowed to, in words, with how many each leaves."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from charter.offices import offices
from kb.search.documents import Audience, sources
from kb.search.narrowing import Narrowing
from kb.search.results import SearchResults
from kb.topics import all_topics
from portal.core.caching import until_published
from portal.core.languages import LANGUAGES, OWN_NAMES
from portal.core.readable import Readable

MOST_VALUES = 9
_CHECKED = mark_safe(" checked")


@dataclass(frozen=True, slots=True)
class Value(Readable):
    """One choice of the parameter `name`. `language`: of its label, where that is not the page's."""

    name: str
    code: str
    label: str
    count: int
    is_chosen: bool
    language: str = ""

    @property
    def choice(self) -> SafeString:
        """The tick box with its label and number: dozens on a page, so all but the number is kept written."""
        before, after = _choice(self.name, self.code, self.label, self.language, is_chosen=self.is_chosen)
        return mark_safe(f"{before}{self.count:d}{after}")  # noqa: S308  (a number between what is escaped)


@lru_cache(maxsize=2048)
def _choice(name: str, code: str, label: str, language: str, *, is_chosen: bool) -> tuple[str, str]:
    """What stands before the number and behind it."""
    before = format_html(
        '<div class="choice"><input type="checkbox" id="{0}-{1}" name="{0}" value="{1}" form="search"{2}>'
        '<label for="{0}-{1}"><span{3}>{4}</span><span class="num">',
        name,
        code,
        _CHECKED if is_chosen else "",
        format_html(' lang="{}"', language) if language else "",
        label,
    )
    return before, "</span></label></div>"


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
        Value(name, code, label, counted.get(code, 0), code in chosen, language)
        for code, (label, language) in labels.items()
        if counted.get(code) or code in chosen
    ]
    values.sort(key=lambda value: (not value.is_chosen, -value.count))
    return Facet(name, legend(), tuple(values[:MOST_VALUES]))


def _kinds(language: str) -> Labels:
    return {kind: (str(source.plural), "") for kind, source in sources().items()}


def _topics(language: str) -> Labels:
    return until_published(
        f"facet-topics:{language}",
        lambda: {card.code: (card.name.text, _foreign(card.name)) for card in all_topics(language)},
    )


def _offices(language: str) -> Labels:
    return until_published(
        f"facet-offices:{language}",
        lambda: {card.code: (card.name.text, _foreign(card.name)) for card in offices(language)},
    )


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
