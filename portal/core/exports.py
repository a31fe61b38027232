"""Tables people take away: CSV and XLSX that no spreadsheet can be tricked by."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

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


def as_xlsx(rows: Iterable[Mapping[str, Any]], columns: Iterable[str]) -> bytes:
    """A workbook with a header line: numbers are numbers, everything else is text, whatever it begins with."""
    names, book = list(columns), Workbook(write_only=True)
    sheet = book.create_sheet("Parama")
    sheet.append(names)
    for row in rows:
        line = []
        for name in names:
            value = row[name]
            is_number = isinstance(value, int | float) and not isinstance(value, bool)
            written = WriteOnlyCell(sheet, value if is_number else cell(value))
            if not is_number:
                written.data_type = "s"
            line.append(written)
        sheet.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
