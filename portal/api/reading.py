"""Rows for programs: every language that may be read, links and sums filled in, addresses in full."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q

from portal.core import rich_text, translations
from portal.core.addresses import alternates, page_address
from portal.core.languages import LANGUAGES, Localised, column
from portal.core.references import References

Row = Mapping[str, Any]
Texts = dict[str, str]


def absolute(url: str) -> str:
    """An address of this site in full."""
    return f"{settings.SITE_URL}{url}" if url.startswith("/") else url


def urls_of(route: str, row: Row) -> Texts:
    """Where the entry is read in each language."""
    return {code: absolute(url) for code, url in alternates(route, row).items() if url}


def page_urls(route: str, rest: str = "") -> Texts:
    """Where a page without a word of its own is read in each language."""
    return {code: absolute(page_address(route, code)) + rest for code in LANGUAGES}


def readable_in(language: str) -> Q:
    """Rows somebody wrote in this language or declared translated into it: what `shown_languages` says of one row."""
    return Q(source_language=language) | Q(translated_from__has_key=language)


@dataclass(frozen=True, slots=True)
class Fields:
    """Which columns of a table are texts, which of them are HTML, and by which it is known what a translation is of."""

    plain: tuple[str, ...]
    rich: tuple[str, ...] = ()
    source: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        return self.plain + self.rich

    def read(self, rows: Sequence[Row], only: str = "") -> list[dict[str, Any]]:
        """The texts of all rows – in every language, or in one –, with everything they name looked up together."""
        wanted = (only,) if only else LANGUAGES
        said = [{name: _languages_of(row, name, wanted) for name in self.all} for row in rows]
        found = References.of(text for fields in said for texts in fields.values() for text in texts)
        return [
            {**self._states(row), **{name: self._shown(name, texts, found) for name, texts in fields.items()}}
            for row, fields in zip(rows, said, strict=True)
        ]

    def _states(self, row: Row) -> dict[str, list[str]]:
        if not self.source:
            return {}
        shown = translations.shown_languages(row)
        return {
            "languages": shown,
            "outdated": [code for code in shown if translations.is_outdated(row, self.source, code)],
        }

    def _shown(self, name: str, texts: Iterable[Localised], found: References) -> Texts:
        if name in self.rich:
            whole = f'href="{settings.SITE_URL}/'
            return {text.language: rich_text.shown(text, found).replace('href="/', whole) for text in texts}
        return {text.language: found.fill(text).text for text in texts}


def _languages_of(row: Row, name: str, wanted: Collection[str]) -> list[Localised]:
    return [
        Localised(row[column(name, code)], code)
        for code in translations.shown_languages(row)
        if code in wanted and row[column(name, code)]
    ]


def all_languages_of(row: Row, name: str, only: str = "") -> Texts:
    """A text of a table that keeps no translation state: every language there is, or one."""
    wanted = (only,) if only else LANGUAGES
    return {code: row[column(name, code)] for code in wanted if row[column(name, code)]}
