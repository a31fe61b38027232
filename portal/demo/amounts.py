"""base_amounts.yaml: the sums of each year that every benefit is counted from."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from charter.models import BaseAmount
from portal.demo.reading import Entry, Pack
from portal.demo.records import Record


def read(pack: Pack) -> Iterator[Record]:
    if not pack.has("base_amounts.yaml"):
        return
    for entry in pack.many("base_amounts.yaml"):
        entry.knows("code", "name", "years", "confidence", "sources")
        for year, amount in _years(entry):
            yield Record(
                BaseAmount,
                entry.place.under("years", entry.data["years"]),
                key={"code": entry.get("code", str), "year": year},
                values={"amount": Decimal(str(amount))},
                texts={"name": entry.texts("name")},
            )


def _years(entry: Entry) -> Iterator[tuple[int, Any]]:
    """An amount without its year would price pages for ever."""
    years = entry.data.get("years")
    if not isinstance(years, dict) or not years:
        raise entry.wrong("years", "an amount needs its year, for example {2026: 74}")
    for year, amount in years.items():
        if isinstance(year, bool) or not isinstance(year, int) or not 1990 <= year <= 2100:
            raise entry.wrong(f"years.{year}", "the amount stands without its year, for example 2026: 74")
        if isinstance(amount, bool) or not isinstance(amount, int | float):
            raise entry.wrong("years", f"{amount!r} of {year} should be a number of euros")
        yield year, amount
