"""The four languages, and how a text in one of them is chosen – never silently."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import get_language

from portal.core.readable import Readable

LANGUAGES: tuple[str, ...] = ("lt", "ru", "en", "uk")
DEFAULT = "lt"
OWN_NAMES: dict[str, str] = {
    "lt": "Lietuvių",
    "ru": "Русский",
    "en": "English",
    "uk": "Українська",
}
# Who cannot read this language most likely reads the next one.
FALLBACKS: dict[str, tuple[str, ...]] = {
    "lt": ("lt", "en", "ru", "uk"),
    "ru": ("ru", "lt", "uk", "en"),
    "en": ("en", "lt", "ru", "uk"),
    "uk": ("uk", "lt", "ru", "en"),
}


@dataclass(frozen=True, slots=True)
class Localised(Readable):
    """A text and the language it is really in. `is_fallback`: not the one that was asked for."""

    text: str
    language: str
    is_fallback: bool = False

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


def current() -> str:
    """The language of this page: one of LANGUAGES."""
    language = (get_language() or DEFAULT)[:2]
    return language if language in LANGUAGES else DEFAULT


def column(field: str, language: str) -> str:
    """Name of the column that holds `field` in `language`."""
    return f"{field}_{language}"


def columns(fields: Iterable[str], languages: Iterable[str] = LANGUAGES) -> list[str]:
    """Column names of several fields in several languages, field by field."""
    chosen = tuple(languages)
    return [column(field, language) for field in fields for language in chosen]


def lines_of(value: Localised) -> tuple[Localised, ...]:
    """A text that holds one item a line, as its items."""
    lines = (line.strip() for line in value.text.splitlines())
    return tuple(Localised(line, value.language, value.is_fallback) for line in lines if line)


def pick(values: Mapping[str, str | None], language: str) -> Localised:
    """The text of `values` ({language: text}) for a reader of `language`; empty when there is none at all."""
    for candidate in FALLBACKS[language]:
        text = values.get(candidate)
        if text:
            return Localised(text, candidate, candidate != language)
    return Localised("", language)


def pick_field(obj: object, field: str, language: str) -> Localised:
    """`pick` over the language columns of a model's translated field."""
    return pick({code: getattr(obj, column(field, code), None) for code in LANGUAGES}, language)
