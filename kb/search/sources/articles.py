"""Articles: their public part for everybody, the note for consultants as a document of its own for staff."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kb.models import Article
from kb.search.documents import ArticleDocument, Audience, Card, DocumentText, Title, register
from kb.search.plain import plain
from kb.search.sources.rows import Row, address, codes_by_owner, codes_of, few_sizes, of_codes, rows, shown, texts
from kb.selectors import Reader, findable_articles
from portal.core.compiled import compiled
from portal.core.languages import LANGUAGES, Localised, column, columns, pick
from portal.core.translations import shown_languages

_CARD = ("title", "slug", "short_answer")
_ALL = (*_CARD, "body", "resident_words", "internal_note", "phone_form")


@compiled
def _cards(codes: Collection[str], *, is_for_staff: bool) -> QuerySet[Article, dict[str, Any]]:
    """What is shown of articles; the notes only in the staff's query."""
    reader = Reader.STAFF if is_for_staff else Reader.RESIDENT
    notes = columns(("internal_note",)) if is_for_staff else ()
    return rows(of_codes(findable_articles(reader), codes), _CARD, "live", "checked_on", *notes)


@compiled
def _codes(codes: Collection[str], *, is_for_staff: bool) -> QuerySet[Article, tuple[str, dt.date | None]]:
    return codes_of(findable_articles(Reader.STAFF if is_for_staff else Reader.RESIDENT), codes, "checked_on")


@register
class Articles:
    kind = "article"
    label, plural = _("Answer"), _("Answers")
    models = (Article,)

    def documents(self, codes: Collection[str] | None = None) -> Iterator[ArticleDocument]:
        topics = codes_by_owner(Article.topics.through, "article", "topic__code")
        institutions = codes_by_owner(Article.institutions.through, "article", "institution__code")
        for row in rows(of_codes(findable_articles(Reader.STAFF), codes), _ALL, "live"):
            about = {
                "topics": tuple(topics.get(row["pk"], ())),
                "institutions": tuple(institutions.get(row["pk"], ())),
            }
            audience = Audience.PUBLIC if row["live"] else Audience.STAFF
            said = texts(row, title="title", answer="short_answer", body=("body",), words="resident_words")
            notes = _notes(row)
            if audience == Audience.STAFF:  # one document a thing and audience: the note goes into the draft's
                said, notes = _both(said, notes), {}
            if said:
                yield ArticleDocument(self.kind, row["code"], said, audience, **about)
            if notes:
                yield ArticleDocument(self.kind, row["code"], notes, Audience.STAFF, **about)

    def findable(self, codes: Collection[str], *, reader: Reader) -> Mapping[str, dt.date | None]:
        return dict(_codes(few_sizes(codes), is_for_staff=reader == Reader.STAFF))

    def cards(self, codes: Collection[str], *, language: str, reader: Reader) -> Mapping[str, Card]:
        found = _cards(codes, is_for_staff=reader == Reader.STAFF)
        return {row["code"]: _card(row, language, reader) for row in found}

    def titles(self) -> Iterable[Title]:
        for row in rows(findable_articles(Reader.RESIDENT), ("title",)):
            yield Title(row["code"], {code: row[column("title", code)] for code in shown_languages(row)})

    def code_of(self, instance: Article) -> str:
        return str(instance.code)


def _notes(row: Row) -> dict[str, DocumentText]:
    """What only staff find: the note and the sentence for the phone, without a title of their own."""
    found = {}
    for language in LANGUAGES:
        text = f"{plain(row[column('internal_note', language)])}\n{plain(row[column('phone_form', language)])}".strip()
        if text:
            found[language] = DocumentText(title="", body=text)
    return found


def _both(said: dict[str, DocumentText], notes: dict[str, DocumentText]) -> dict[str, DocumentText]:
    merged: dict[str, DocumentText] = {}
    for language in {**said, **notes}:
        text, note = said.get(language), notes.get(language)
        merged[language] = DocumentText(
            title=text.title if text else "",
            answer=text.answer if text else "",
            body=f"{text.body if text else ''}\n{note.body if note else ''}",
            words=text.words if text else "",
        )
    return merged


def _card(row: dict[str, Any], language: str, reader: Reader) -> Card:
    note = Localised("", language)
    if reader == Reader.STAFF:
        note = pick({code: plain(row[column("internal_note", code)]) for code in LANGUAGES}, language)
    return Card(
        title=shown(row, "title", language),
        answer=shown(row, "short_answer", language),
        url=address("kb:article", language, shown(row, "slug", language).text),
        languages=tuple(shown_languages(row)),
        checked_on=row["checked_on"],
        is_draft=not row["live"],
        note=note,
    )
