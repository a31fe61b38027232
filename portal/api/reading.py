"""Rows for programs: every language that may be read, links and sums filled in, addresses in full."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from portal.core import rich_text, translations
from portal.core.addresses import alternates
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


@dataclass(frozen=True, slots=True)
class Fields:
    """Which columns of a table are texts, and which of them are HTML."""

    plain: tuple[str, ...]
    rich: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        return self.plain + self.rich

    def read(self, rows: Sequence[Row]) -> list[dict[str, Texts]]:
        """The texts of all rows, with everything they name looked up together."""
        said = [{name: _languages_of(row, name) for name in self.all} for row in rows]
        found = References.of(text for fields in said for texts in fields.values() for text in texts)
        return [{name: self._shown(name, texts, found) for name, texts in fields.items()} for fields in said]

    def _shown(self, name: str, texts: Iterable[Localised], found: References) -> Texts:
        if name in self.rich:
            whole = f'href="{settings.SITE_URL}/'
            return {text.language: rich_text.shown(text, found).replace('href="/', whole) for text in texts}
        return {text.language: found.fill(text).text for text in texts}


def _languages_of(row: Row, name: str) -> list[Localised]:
    return [
        Localised(row[column(name, code)], code)
        for code in translations.shown_languages(row)
        if row[column(name, code)]
    ]


def all_languages_of(row: Row, name: str) -> Texts:
    """A text of a table that keeps no translation state: every language there is."""
    return {code: row[column(name, code)] for code in LANGUAGES if row[column(name, code)]}
