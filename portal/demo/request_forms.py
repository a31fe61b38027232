"""request_forms.yaml: where services are asked for, and what the form here asks. May be left out."""

from __future__ import annotations

from collections.abc import Iterator

from portal.cases.models import RequestField, RequestPlan
from portal.demo.institutions import sourced
from portal.demo.reading import Entry, Pack
from portal.demo.records import Record

FILE = "request_forms.yaml"
KNOWN = ("service", "place", "where", "url", "fields", "confidence", "checked_on", "sources", "unconfirmed")


def read(pack: Pack) -> Iterator[Record]:
    for entry in pack.many(FILE) if pack.has(FILE) else ():
        entry.knows(*KNOWN)
        code = entry.get("service", str)
        yield Record(
            RequestPlan,
            entry.place,
            key={"code": code},
            values={"place": entry.may("place", str, "here"), "url": entry.may("url", str, ""), **sourced(entry)},
            texts={"where": entry.may_texts("where")},
            one={"service": code},
            children={"fields": [_field(one, number) for number, one in enumerate(entry.entries("fields"))]},
        )


def _field(entry: Entry, number: int) -> Record:
    entry.knows("code", "kind", "required", "label", "help", "choices")
    return Record(
        RequestField,
        entry.place,
        key={},
        values={
            "code": entry.get("code", str),
            "kind": entry.may("kind", str, "text"),
            "is_required": entry.may("required", bool, False),
            "sort_order": number,
        },
        texts={
            "label": entry.texts("label"),
            "help": entry.may_texts("help"),
            "choices": entry.may_texts("choices"),
        },
    )
