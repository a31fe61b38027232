"""pack.yaml: whose portal it is."""

from __future__ import annotations

from collections.abc import Iterator

from charter.models import Municipality
from portal.demo.reading import Pack
from portal.demo.records import Record


def read(pack: Pack) -> Iterator[Record]:
    about = pack.one("pack.yaml")
    about.knows("name", "as_of", "demonstration", "municipality")
    entry = about.entry("municipality")
    entry.knows("name", "department", "short_name", "address", "website", "phone_institution", "timezone")
    yield Record(
        Municipality,
        entry.place,
        key={},
        values={
            "address": entry.may("address", str, ""),
            "website": entry.may("website", str, ""),
            "facts_as_of": about.date("as_of"),
            "is_demonstration": about.get("demonstration", bool),
        },
        texts={name: entry.texts(name) for name in ("name", "department", "short_name")},
        one={"phone_institution": entry.may("phone_institution", str, "") or None},
    )
