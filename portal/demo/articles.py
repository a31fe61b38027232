"""articles/*.yaml: answers of the knowledge base."""

from __future__ import annotations

from collections.abc import Iterator

from kb.models import Article, Audience, Citation
from portal.core.languages import DEFAULT
from portal.demo.institutions import sourced
from portal.demo.reading import Entry, Pack
from portal.demo.records import Record

TEXTS = ("title", "slug", "short_answer", "body")
TEXTS_OR_NOTHING = ("internal_note", "phone_form", "resident_words")
MORE = ("audience", "office", "citations", "written_in")
LISTS = ("topics", "services", "institutions")
OTHERS = ("code", "is_sensitive", "review_on", "checked_on", "confidence", "sources", "unconfirmed", "untranslated")


def read(pack: Pack) -> Iterator[Record]:
    for entry in pack.each("articles"):
        entry.knows(*TEXTS, *TEXTS_OR_NOTHING, *LISTS, *MORE, *OTHERS)
        yield Record(
            Article,
            entry.place,
            key={"code": entry.get("code", str)},
            values={
                "is_sensitive": entry.may("is_sensitive", bool, False),
                "review_on": entry.date("review_on"),
                "audience": entry.may("audience", str, Audience.EVERYBODY),
                "source_language": entry.may("written_in", str, DEFAULT),
                **sourced(entry),
            },
            texts={
                **{name: entry.texts(name) for name in TEXTS},
                **{name: entry.may_texts(name) for name in TEXTS_OR_NOTHING},
            },
            one={"office": entry.may("office", str, "") or None},
            children={"citations": [_citation(one) for one in entry.entries("citations")]},
            many={name: entry.codes(name) for name in LISTS},
        )


def _citation(entry: Entry) -> Record:
    entry.knows("act", "part")
    return Record(
        Citation,
        entry.place,
        key={},
        values={"part": entry.may("part", str, "")},
        one={"act": entry.get("act", str)},
    )
