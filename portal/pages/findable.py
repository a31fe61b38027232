"""Information pages and news among what can be found: by their headings and introductions."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kb.search.documents import ArticleDocument, Card, Title, register
from kb.search.sources.rows import few_sizes, texts
from kb.selectors import Reader
from portal.core.addresses import address, page_address
from portal.core.compiled import compiled
from portal.core.languages import column
from portal.core.translations import columns_of, shown_languages, text
from portal.pages.models import EasyPage, InformationPage, NewsItem
from portal.pages.roles import ROLES
from portal.pages.texts import plain

_NUMBERED = re.compile(r"[a-z]+-([0-9]{1,9})", re.ASCII)
_FIELDS = ("heading", "introduction", "word")


@compiled
def _everything(*, model: type[Any], columns: tuple[str, ...]) -> QuerySet[Any, dict[str, Any]]:
    return plain(model).order_by("pk").values("pk", *columns)


@compiled
def _numbered(numbers: Sequence[int], *, model: type[Any], columns: tuple[str, ...]) -> QuerySet[Any, dict[str, Any]]:
    return plain(model).filter(pk__in=numbers).order_by("pk").values("pk", *columns)


@compiled
def _with_roles(
    numbers: Sequence[int], roles: Sequence[str], *, model: type[Any], columns: tuple[str, ...]
) -> QuerySet[Any, dict[str, Any]]:
    return plain(model).filter(Q(pk__in=numbers) | Q(role__in=roles)).order_by("pk").values("pk", *columns)


class _Texts:
    """What pages and news share. The code of a page is its role, or its number in Wagtail's tree."""

    kind: str
    models: tuple[Any, ...]
    route: str

    def _rows(self, codes: Collection[str] | None, fields: tuple[str, ...]) -> Iterator[dict[str, Any]]:
        """Live pages with these codes, or all; no page has the number 0."""
        model, columns = self.models[0], (*self._more(), *(columns_of(fields) if fields else ()))
        sign = f"{self.kind}-"
        numbers = [int(named[1]) for code in codes or () if (named := _NUMBERED.fullmatch(code))]
        if codes is None:
            found = _everything(model=model, columns=columns)
        elif self._more():
            roles = [code for code in codes if code in ROLES]
            found = _with_roles(few_sizes(numbers or [0]), few_sizes(roles or [""]), model=model, columns=columns)
        else:
            found = _numbered(few_sizes(numbers or [0]), model=model, columns=columns)
        for row in found:
            yield row | {"code": row.get("role") or f"{sign}{row['pk']}"}

    def _more(self) -> tuple[str, ...]:
        return ("role",) if self.models[0] is InformationPage else ()

    def documents(self, codes: Collection[str] | None = None) -> Iterator[ArticleDocument]:
        for row in self._rows(codes, _FIELDS):
            said = texts(row, title="heading", answer="introduction", body=())
            if said:
                yield ArticleDocument(self.kind, row["code"], said)

    def findable(self, codes: Collection[str], *, reader: Reader) -> Mapping[str, dt.date | None]:
        return dict.fromkeys({row["code"] for row in self._rows(codes, ())}.intersection(codes))

    def cards(self, codes: Collection[str], *, language: str, reader: Reader) -> Mapping[str, Card]:
        return {
            row["code"]: Card(
                title=text(row, "heading", language),
                answer=text(row, "introduction", language),
                url=self._url(row, language),
                languages=tuple(shown_languages(row)),
            )
            for row in self._rows(codes, _FIELDS)
        }

    def _url(self, row: Mapping[str, Any], language: str) -> str:
        if row.get("role"):
            return page_address(ROLES[row["role"]].route, language)
        return address(self.route, row, language, field="word")

    def titles(self) -> Iterable[Title]:
        for row in self._rows(None, ("heading",)):
            yield Title(row["code"], {code: row[column("heading", code)] for code in shown_languages(row)}, rank=300)

    def code_of(self, instance: Any) -> str:
        return getattr(instance, "role", None) or f"{self.kind}-{instance.pk}"


@register
class Pages(_Texts):
    kind = "page"
    label, plural = _("Page"), _("Pages")
    models = (InformationPage,)
    route = "pages:information"


@register
class News(_Texts):
    kind = "news"
    label, plural = _("News"), _("News")
    weight = 0.8
    models = (NewsItem,)
    route = "pages:news_item"


@register
class Easy(_Texts):
    kind = "easy"
    label, plural = _("Easy-to-read page"), _("Easy-to-read pages")
    models = (EasyPage,)
    route = "pages:easy"
