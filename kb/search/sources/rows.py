"""What the sources of translated content share: rows in, documents, cards and titles out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override

from kb.search.documents import DocumentText
from kb.search.plain import plain
from portal.core.languages import Localised, column
from portal.core.translations import columns_of, shown_languages, text

Row = Mapping[str, Any]
Code = TypeVar("Code", str, int)
SIZES = (5, 10, 20, 50, 100, 200)


def of_codes(entries: QuerySet[Any], codes: Collection[str] | None) -> QuerySet[Any]:
    return entries if codes is None else entries.filter(code__in=codes)


def rows(entries: QuerySet[Any], fields: Iterable[str], *also: str) -> QuerySet[Any, dict[str, Any]]:
    return entries.values("pk", "code", *columns_of(fields), *also).order_by("code")


def codes_of(entries: QuerySet[Any], codes: Collection[str], *also: str) -> QuerySet[Any, Any]:
    """Those of `codes` that are among `entries`, with another column of each."""
    return entries.filter(code__in=codes).values_list("code", *also)


def few_sizes(codes: Collection[Code]) -> list[Code]:
    """`codes` filled up with the last of them: a query is compiled for each length, so let there be few."""
    found = list(codes)
    size = next((size for size in SIZES if size >= len(found)), len(found))
    return found + found[-1:] * (size - len(found))


def joined(row: Row, fields: Iterable[str], language: str) -> str:
    """Several fields of one language as one plain text."""
    return "\n".join(filter(None, (plain(row[column(field, language)]) for field in fields)))


def texts(row: Row, *, title: str, answer: str, body: Iterable[str], words: str = "") -> dict[str, DocumentText]:
    """The languages of a row that residents may read."""
    body = tuple(body)
    return {
        language: DocumentText(
            title=row[column(title, language)],
            answer=joined(row, (answer,) if answer else (), language),
            body=joined(row, body, language),
            words=(row[column(words, language)] or "") if words else "",
        )
        for language in shown_languages(row)
        if row[column(title, language)]
    }


def shown(row: Row, field: str, language: str) -> Localised:
    """`field` as plain text for a reader of `language`, placeholders kept."""
    return text(row, field, language)


@lru_cache(maxsize=8192)
def address(name: str, language: str, *arguments: str) -> str:
    """The address of a page in `language`; empty while nobody serves it."""
    with override(language):
        try:
            return reverse(name, args=arguments)
        except NoReverseMatch:
            return ""


def codes_by_owner(through: type[Model], owner: str, code: str) -> dict[int, list[str]]:
    """{pk: [codes]} of a many-to-many table, in one query."""
    table: Any = through
    found: dict[int, list[str]] = {}
    for pk, value in table.objects.order_by(code).values_list(f"{owner}_id", code):
        found.setdefault(pk, []).append(value)
    return found
