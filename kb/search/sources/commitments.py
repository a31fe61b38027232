"""Promises of the charter that is in force; each is found by its own words and those of its standards."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from charter.models import Charter, Commitment, ServiceStandard
from kb.search.documents import ArticleDocument, Card, DocumentText, Title, register
from kb.search.plain import plain
from kb.search.sources.rows import address, codes_of, few_sizes, of_codes, rows, shown, texts
from kb.selectors import Reader
from portal.core.compiled import compiled
from portal.core.languages import LANGUAGES, Localised, column, columns
from portal.core.translations import rows as plain_rows
from portal.core.translations import shown_languages

_METHODS = ("name", "method")


@compiled
def _cards(codes: Collection[str]) -> QuerySet[Commitment, dict[str, Any]]:
    return rows(of_codes(_in_force(), codes), ("text",))


@compiled
def _codes(codes: Collection[str]) -> QuerySet[Commitment, tuple[str]]:
    return codes_of(_in_force(), codes)


@register
class Commitments:
    kind = "commitment"
    label, plural = _("Promise"), _("Promises")
    models = (Commitment, ServiceStandard, Charter)

    def documents(self, codes: Collection[str] | None = None) -> Iterator[ArticleDocument]:
        standards = _standards()
        for row in rows(of_codes(_in_force(), codes), ("text",)):
            said = texts(row, title="text", answer="", body=())
            more = standards[row["code"]]
            if said:
                yield ArticleDocument(
                    self.kind,
                    row["code"],
                    {code: DocumentText(text.title, body=more.get(code, "")) for code, text in said.items()},
                )

    def findable(self, codes: Collection[str], *, reader: Reader) -> Mapping[str, dt.date | None]:
        return {code: None for (code,) in _codes(few_sizes(codes))}

    def cards(self, codes: Collection[str], *, language: str, reader: Reader) -> Mapping[str, Card]:
        page = address("charter:charter", language)
        return {
            row["code"]: Card(
                title=shown(row, "text", language),
                answer=Localised("", language),
                url=f"{page}#{row['code']}" if page else "",
                languages=tuple(shown_languages(row)),
                icon="promise",
            )
            for row in _cards(codes)
        }

    def titles(self) -> Iterable[Title]:
        return ()

    def code_of(self, instance: Commitment | ServiceStandard | Charter) -> str:
        """A charter's own change reaches all its promises: no code stands for "all"."""
        if isinstance(instance, ServiceStandard):
            return str(instance.commitment.code)
        return "" if isinstance(instance, Charter) else str(instance.code)


def _in_force() -> QuerySet[Commitment]:
    return plain_rows(Commitment).filter(charter__live=True, charter__in_force_until__isnull=True)


def _standards() -> dict[str, dict[str, str]]:
    """What the standards of each promise say, by language."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    live = ServiceStandard.objects.filter(live=True)
    for row in live.values("commitment__code", *columns(_METHODS)):
        for language in LANGUAGES:
            text = " ".join(plain(row[column(name, language)]) for name in _METHODS)
            found[row["commitment__code"]][language] = f"{found[row['commitment__code']].get(language, '')}\n{text}"
    return found
