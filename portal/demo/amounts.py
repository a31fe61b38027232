"""base_amounts.yaml: the sums of each year that every benefit is counted from."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from charter.models import BaseAmount
from portal.demo.reading import Pack
from portal.demo.records import Record


def read(pack: Pack) -> Iterator[Record]:
    for entry in pack.many("base_amounts.yaml"):
        entry.knows("code", "name", "years", "confidence", "sources")
        for year, amount in entry.get("years", dict).items():
            yield Record(
                BaseAmount,
                f"{entry.place}: {year}",
                key={"code": entry.get("code", str), "year": year},
                values={"amount": Decimal(str(amount))},
                texts={"name": entry.texts("name")},
            )
