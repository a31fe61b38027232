"""Institutions: who helps, where and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from charter.models import Institution
from charter.offices import published_institutions
from kb.search.documents import ArticleDocument, Card, DocumentText, Title, register
from kb.search.plain import plain
from kb.search.sources.rows import Row, address, codes_of, few_sizes, of_codes, rows, shown, texts
from kb.selectors import Reader
from portal.core.compiled import compiled
from portal.core.languages import Localised, column
from portal.core.translations import shown_languages

_CARD = ("name", "slug", "does")
_FACTS = ("address", "phone", "email", "website")


@compiled
def _cards(codes: Collection[str]) -> QuerySet[Institution, dict[str, Any]]:
    return rows(of_codes(published_institutions(), codes), _CARD)


@compiled
def _codes(codes: Collection[str]) -> QuerySet[Institution, tuple[str]]:
    return codes_of(published_institutions(), codes)


@register
class Institutions:
    kind = "institution"
    label, plural = _("Institution"), _("Institutions")
    models = (Institution,)

    def documents(self, codes: Collection[str] | None = None) -> Iterator[ArticleDocument]:
        found = of_codes(published_institutions(), codes)
        for row in rows(found, (*_CARD, "short_name", "serves"), *_FACTS):
            said = texts(row, title="name", answer="does", body=("short_name", "serves"))
            if said:
                yield ArticleDocument(
                    self.kind,
                    row["code"],
                    {language: _with_facts(text, row) for language, text in said.items()},
                    institutions=(row["code"],),
                )

    def findable(self, codes: Collection[str], *, reader: Reader) -> Mapping[str, dt.date | None]:
        return {code: None for (code,) in _codes(few_sizes(codes))}

    def cards(self, codes: Collection[str], *, language: str, reader: Reader) -> Mapping[str, Card]:
        return {
            row["code"]: Card(
                title=shown(row, "name", language),
                answer=_plain(shown(row, "does", language)),
                url=address("pages:institution", language, shown(row, "slug", language).text),
                languages=tuple(shown_languages(row)),
                icon="place",
            )
            for row in _cards(codes)
        }

    def titles(self) -> Iterable[Title]:
        for row in rows(published_institutions(), ("name",)):
            yield Title(row["code"], {code: row[column("name", code)] for code in shown_languages(row)}, rank=200)

    def code_of(self, instance: Institution) -> str:
        return str(instance.code)


def _with_facts(text: DocumentText, row: Row) -> DocumentText:
    facts = " ".join(str(row[name]) for name in _FACTS if row[name])
    return DocumentText(text.title, text.answer, f"{text.body}\n{facts}", text.words)


def _plain(text: Localised) -> Localised:
    return Localised(plain(text.text), text.language, text.is_fallback)
