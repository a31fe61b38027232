"""services/*.yaml: what the municipality provides, and how to tell similar services apart."""

from __future__ import annotations

from collections.abc import Iterator

from charter.models import Service, ServiceDifference
from portal.demo.institutions import sourced
from portal.demo.reading import Entry, Pack
from portal.demo.records import Record

TEXTS = ("name", "slug", "summary", "who", "how", "documents", "price", "term", "steps", "fact", "resident_words")
TEXTS_OR_NOTHING = ("price_headline", "term_headline", "legal_basis")
# `as_of` is a note for whoever checks the pack next; pages show the date of the check.
OTHERS = ("code", "group", "spis_code", "related", "unconfirmed", "sensitive", "provider", "decided_by", "popular")
KNOWN = (*TEXTS, *TEXTS_OR_NOTHING, *OTHERS, "confidence", "checked_on", "as_of", "standards", "sources")


def read(pack: Pack) -> Iterator[Record]:
    for entry in pack.each("services"):
        entry.knows(*KNOWN)
        yield Record(
            Service,
            entry.place,
            key={"code": entry.get("code", str)},
            values={
                "group": entry.get("group", str),
                "spis_code": entry.may("spis_code", str, ""),
                "is_decided_by_municipality": entry.may("decided_by", str, "") == "municipality",
                "is_sensitive": entry.may("sensitive", bool, False),
                "popular": entry.may("popular", int, 0) or None,
                **sourced(entry),
            },
            texts={
                **{name: entry.texts(name) for name in TEXTS},
                **{name: entry.may_texts(name) for name in TEXTS_OR_NOTHING},
            },
            one={"provider": entry.may("provider", str, "") or None},
            many={"commitments": entry.codes("standards")},
            children={"differences": [_difference(related) for related in entry.entries("related")]},
        )


def _difference(entry: Entry) -> Record:
    entry.knows("code", "difference")
    return Record(
        ServiceDifference,
        entry.place,
        key={},
        texts={"difference": entry.texts("difference")},
        one={"other": entry.get("code", str)},
    )
