"""commitments.yaml: the promises, and the standard by which each is measured."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from charter.models import Commitment, ServiceStandard
from portal.demo.reading import Entry, Pack
from portal.demo.records import Record

CHOICES = ("metric", "kind", "unit", "direction", "clock", "source", "measured")
STANDARD = ("code", "name", "method", "sentence", *CHOICES, "promised_value", "legal_value", "legal_pauses", "target")


def read(pack: Pack) -> Iterator[Record]:
    if pack.has("commitments.yaml"):
        charter = pack.one("charter.yaml")
        yield from read_into(pack, charter=charter.get("version", str), valid_from=charter.date("in_force_from"))


def read_into(pack: Pack, *, charter: str, valid_from: dt.date | None) -> Iterator[Record]:
    """The same promises as part of a charter, by its code, kept from a day on."""
    for order, entry in enumerate(pack.many("commitments.yaml"), 1):
        entry.knows("code", "area", "proposal", "text", "standard")
        code = entry.get("code", str)
        yield Record(
            Commitment,
            entry.place,
            key={"code": code},
            values={"area": entry.get("area", str), "is_proposal": entry.get("proposal", bool), "order": order},
            texts={"text": entry.texts("text")},
            one={"charter": charter},
        )
        yield _standard(entry.entry("standard"), code, valid_from)


def _standard(entry: Entry, commitment: str, valid_from: dt.date | None) -> Record:
    entry.knows(*STANDARD)
    return Record(
        ServiceStandard,
        entry.place,
        key={"code": entry.get("code", str)},
        values={
            **{name: entry.get(name, str) for name in CHOICES},
            "promised_value": _number(entry, "promised_value"),
            "legal_value": _number(entry, "legal_value"),
            "legal_pauses": entry.may("legal_pauses", bool, False),
            "target": _number(entry, "target"),
            "valid_from": valid_from,
        },
        texts={name: entry.texts(name) for name in ("name", "method", "sentence")},
        one={"commitment": commitment},
    )


def _number(entry: Entry, name: str) -> Decimal | None:
    value = entry.data.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise entry.wrong(name, f"{value!r} should be a number")
    return Decimal(str(value))
