"""institutions.yaml: who gives social services."""

from __future__ import annotations

from collections.abc import Iterator

from charter.models import Institution
from portal.demo.reading import Entry, Pack
from portal.demo.records import Record

TEXTS = ("name", "short_name", "slug")
TEXTS_OR_NOTHING = ("does", "serves", "phone_note", "hours")
WORDS = ("phone", "address", "email", "website", "hours_as_of")
OTHERS = ("code", "order", "phone_as_of", "other_addresses", "address_confirmed", "unconfirmed", "confidence")


def read(pack: Pack) -> Iterator[Record]:
    if not pack.has("institutions.yaml"):
        return
    for entry in pack.many("institutions.yaml"):
        entry.knows(*TEXTS, *TEXTS_OR_NOTHING, *WORDS, *OTHERS, "sources", "checked_on")
        yield Record(
            Institution,
            entry.place,
            key={"code": entry.get("code", str)},
            values={
                **{name: entry.may(name, str, "") for name in WORDS},
                "order": entry.may("order", int, 0),
                "phone_as_of": entry.date("phone_as_of"),
                "other_addresses": entry.plain("other_addresses"),
                **sourced(entry),
            },
            texts={
                **{name: entry.texts(name) for name in TEXTS},
                **{name: entry.may_texts(name) for name in TEXTS_OR_NOTHING},
            },
        )


def sourced(entry: Entry) -> dict[str, object]:
    """Where the facts come from and how sure we are."""
    return {
        "confidence": entry.get("confidence", str),
        "sources": entry.plain("sources"),
        "checked_on": entry.date("checked_on"),
        "unconfirmed": entry.plain("unconfirmed"),
    }
