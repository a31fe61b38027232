"""Services: what the municipality provides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from charter.catalogue import published_services
from charter.models import Service
from kb.models import Topic
from kb.search.documents import ArticleDocument, Card, Title, register
from kb.search.sources.rows import address, codes_by_owner, codes_of, few_sizes, of_codes, rows, shown, texts
from kb.selectors import Reader
from portal.core.compiled import compiled
from portal.core.languages import column
from portal.core.translations import shown_languages

_CARD = ("name", "slug", "summary")
_BODY = ("who", "how", "documents", "price_headline", "price", "term_headline", "term", "steps", "fact")


@compiled
def _cards(codes: Collection[str]) -> QuerySet[Service, dict[str, Any]]:
    return rows(of_codes(published_services(), codes), _CARD, "checked_on")


@compiled
def _codes(codes: Collection[str]) -> QuerySet[Service, tuple[str, dt.date | None]]:
    return codes_of(published_services(), codes, "checked_on")


@register
class Services:
    kind = "service"
    label, plural = _("Service"), _("Services")
    models = (Service, Topic)

    def documents(self, codes: Collection[str] | None = None) -> Iterator[ArticleDocument]:
        topics = codes_by_owner(Topic.services.through, "service", "topic__code")
        found = of_codes(published_services(), codes)
        for row in rows(found, (*_CARD, *_BODY, "resident_words"), "provider__code"):
            said = texts(row, title="name", answer="summary", body=_BODY, words="resident_words")
            if said:
                yield ArticleDocument(
                    self.kind,
                    row["code"],
                    said,
                    topics=tuple(topics.get(row["pk"], ())),
                    institutions=(row["provider__code"],) if row["provider__code"] else (),
                )

    def findable(self, codes: Collection[str], *, reader: Reader) -> Mapping[str, dt.date | None]:
        return dict(_codes(few_sizes(codes)))

    def cards(self, codes: Collection[str], *, language: str, reader: Reader) -> Mapping[str, Card]:
        return {
            row["code"]: Card(
                title=shown(row, "name", language),
                answer=shown(row, "summary", language),
                url=address("pages:service", language, shown(row, "slug", language).text),
                languages=tuple(shown_languages(row)),
                icon="doc",
                checked_on=row["checked_on"],
            )
            for row in _cards(codes)
        }

    def titles(self) -> Iterable[Title]:
        for row in rows(published_services(), ("name",), "popular"):
            names = {code: row[column("name", code)] for code in shown_languages(row)}
            yield Title(row["code"], names, rank=row["popular"] or 50)

    def code_of(self, instance: Service | Topic) -> str:
        """A topic says which services belong to it: its change may reach any of them."""
        return "" if isinstance(instance, Topic) else str(instance.code)
