"""Information pages and news among what can be found: by their headings and introductions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from kb.search.documents import ArticleDocument, Card, Title, register
from kb.search.sources.rows import texts
from kb.selectors import Reader
from portal.core.addresses import address, page_address
from portal.core.languages import column
from portal.core.translations import columns_of, shown_languages, text
from portal.pages.models import EasyPage, InformationPage, NewsItem
from portal.pages.roles import ROLES
from portal.pages.texts import plain

_FIELDS = ("heading", "introduction", "word")


class _Texts:
    """What pages and news share. The code of a page is its role, or its number in Wagtail's tree."""

    kind: str
    models: tuple[Any, ...]
    route: str

    def _rows(self, codes: Collection[str] | None = None) -> Iterator[dict[str, Any]]:
        for row in plain(self.models[0]).order_by("pk").values("pk", *self._more(), *columns_of(_FIELDS)):
            row["code"] = row.get("role") or f"{self.kind}-{row['pk']}"
            if codes is None or row["code"] in codes:
                yield row

    def _more(self) -> tuple[str, ...]:
        return ("role",) if self.models[0] is InformationPage else ()

    def documents(self, codes: Collection[str] | None = None) -> Iterator[ArticleDocument]:
        for row in self._rows(codes):
            said = texts(row, title="heading", answer="introduction", body=())
            if said:
                yield ArticleDocument(self.kind, row["code"], said)

    def findable(self, codes: Collection[str], *, reader: Reader) -> Collection[str]:
        return {row["code"] for row in self._rows(codes)}

    def cards(self, codes: Collection[str], *, language: str, reader: Reader) -> Mapping[str, Card]:
        return {
            row["code"]: Card(
                title=text(row, "heading", language),
                answer=text(row, "introduction", language),
                url=self._url(row, language),
                languages=tuple(shown_languages(row)),
            )
            for row in self._rows(codes)
        }

    def _url(self, row: Mapping[str, Any], language: str) -> str:
        if row.get("role"):
            return page_address(ROLES[row["role"]].route, language)
        return address(self.route, row, language, field="word")

    def titles(self) -> Iterable[Title]:
        for row in self._rows():
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
