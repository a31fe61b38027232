"""facts.yaml and legal_acts.yaml: words written once, and the acts that texts rest on. Both may be left out."""

from __future__ import annotations

from collections.abc import Iterator

from kb.models import Fact, LegalAct
from portal.demo.institutions import sourced
from portal.demo.reading import Pack
from portal.demo.records import Record


def read(pack: Pack) -> Iterator[Record]:
    for entry in pack.many("facts.yaml") if pack.has("facts.yaml") else ():
        entry.knows("code", "kind", "value", "confidence", "checked_on", "sources", "unconfirmed")
        yield Record(
            Fact,
            entry.place,
            key={"code": entry.get("code", str)},
            values={"kind": entry.may("kind", str, "other"), **sourced(entry)},
            texts={"value": entry.texts("value")},
        )


def read_acts(pack: Pack) -> Iterator[Record]:
    for entry in pack.many("legal_acts.yaml") if pack.has("legal_acts.yaml") else ():
        entry.knows("code", "title", "number", "url", "edition_on", "services", "standards")
        yield Record(
            LegalAct,
            entry.place,
            key={"code": entry.get("code", str)},
            values={
                "number": entry.may("number", str, ""),
                "url": entry.may("url", str, ""),
                "edition_on": entry.date("edition_on"),
            },
            texts={"title": entry.texts("title")},
            many={name: entry.codes(name) for name in ("services", "standards")},
        )
