"""Entries as files: one JSON object a line, and tables for spreadsheets."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from portal.core.exports import as_csv
from portal.core.languages import LANGUAGES, column

encode = DjangoJSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def as_lines(entries: Iterable[Mapping[str, Any]]) -> bytes:
    """JSON Lines: everything there is of each entry."""
    return "".join(f"{encode(entry)}\n" for entry in entries).encode()


def as_table(entries: Iterable[Mapping[str, Any]]) -> bytes:
    """CSV: a text has a column a language, codes stand side by side in one cell; what has parts of its own is left out.

    Empty for no entries at all: then there is nothing to tell the columns from.
    """
    known = list(entries)
    parted = {name for entry in known for name, value in entry.items() if _has_parts(value)} | {"sources"}
    rows = [_flat(entry, parted) for entry in known]
    return as_csv(rows, rows[0] if rows else ()).encode()


def _has_parts(value: Any) -> bool:
    return isinstance(value, list) and any(not isinstance(part, str) for part in value)


def _flat(entry: Mapping[str, Any], parted: Collection[str]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name, value in entry.items():
        if name in parted:
            continue
        if isinstance(value, Mapping):
            row |= {column(name, code): value.get(code, "") for code in LANGUAGES}
        elif not isinstance(value, list):
            row[name] = value
        else:
            row[name] = " ".join(value)
    return row
