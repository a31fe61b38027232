"""articles/*.yaml: answers of the knowledge base."""

from __future__ import annotations

from collections.abc import Iterator

from kb.models import Article
from portal.demo.institutions import sourced
from portal.demo.reading import Pack
from portal.demo.records import Record

TEXTS = ("title", "slug", "short_answer", "body")
TEXTS_OR_NOTHING = ("internal_note", "phone_form", "resident_words")
LISTS = ("topics", "services", "institutions")
OTHERS = ("code", "is_sensitive", "review_on", "checked_on", "confidence", "sources", "unconfirmed", "untranslated")


def read(pack: Pack) -> Iterator[Record]:
    for entry in pack.each("articles"):
        entry.knows(*TEXTS, *TEXTS_OR_NOTHING, *LISTS, *OTHERS)
        yield Record(
            Article,
            entry.place,
            key={"code": entry.get("code", str)},
            values={
                "is_sensitive": entry.may("is_sensitive", bool, False),
                "review_on": entry.date("review_on"),
                **sourced(entry),
            },
            texts={
                **{name: entry.texts(name) for name in TEXTS},
                **{name: entry.may_texts(name) for name in TEXTS_OR_NOTHING},
            },
            many={name: entry.codes(name) for name in LISTS},
        )
