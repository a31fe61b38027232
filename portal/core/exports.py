"""Tables people take away: CSV that no spreadsheet can be tricked by."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

# A cell that begins like this would be run as a formula; the full-width forms are read the same way.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def cell(value: Any) -> str:
    """One value as text: empty for None, an apostrophe before what would be run as a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text


def as_csv(rows: Iterable[Mapping[str, Any]], columns: Iterable[str]) -> str:
    """UTF-8 text with a header line and the mark by which spreadsheets know the encoding."""
    names = list(columns)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(names)
    for row in rows:
        writer.writerow([cell(row[name]) for name in names])
    return "\ufeff" + out.getvalue()
