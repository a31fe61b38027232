"""Reading a file row by row as a profile says: CSV, XLSX or XML, never whole in memory, and nothing that explodes."""

from __future__ import annotations

import csv
import datetime as dt
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.parsers import expat

from openpyxl import load_workbook

from portal.registry.models import ExchangeProfile
from portal.registry.refusals import Refused

COLUMNS = 200
CELL = 4000
UNPACKED = 96 * 1024 * 1024
PARTS = 500
CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line in the file, and its cells as text by the names of the columns."""

    line: int
    cells: dict[str, str]


def rows(path: Path, profile: ExchangeProfile) -> Iterator[Row]:
    """The rows of a file, one after another. Raises Refused where the file as a whole can't be read."""
    reader = {"csv": _csv, "xlsx": _xlsx, "xml": _xml}[profile.format]
    try:
        yield from reader(path, profile)
    except Refused:
        raise
    except UnicodeDecodeError:
        raise Refused("not_in_that_encoding", encoding=profile.get_encoding_display()) from None
    except Exception as broken:  # a broken workbook can bring anything out of its reader: KeyError, TypeError …
        raise Refused("file_is_broken", format=profile.get_format_display()) from broken


def _csv(path: Path, profile: ExchangeProfile) -> Iterator[Row]:
    encoding = "utf-8-sig" if profile.encoding == "utf-8" else profile.encoding
    with path.open(encoding=encoding, newline="") as file:
        lines = csv.reader(file, delimiter=profile.delimiter)
        names = [name.strip() for name in next(lines, [])[:COLUMNS]]
        _known(names, profile)
        for cells in lines:
            if any(cells):
                yield Row(lines.line_num, {name: _plain(cell) for name, cell in zip(names, cells, strict=False)})


def _xlsx(path: Path, profile: ExchangeProfile) -> Iterator[Row]:
    _is_small(path)
    with path.open("rb") as file:  # by its content: the kept file has no ending
        book = load_workbook(file, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        found = sheet.iter_rows(values_only=True, max_col=COLUMNS)
        names = [_text(name) for name in next(found, ())]
        _known(names, profile)
        for line, cells in enumerate(found, start=2):
            if any(cell not in (None, "") for cell in cells):
                yield Row(line, {name: _plain(_text(cell)) for name, cell in zip(names, cells, strict=False) if name})
        book.close()


def _is_small(path: Path) -> None:
    """A workbook that unpacks to far more than it is, or that names entities, is not opened. Raises Refused."""
    with zipfile.ZipFile(path) as parts:
        infos = parts.infolist()
        if len(infos) > PARTS or sum(info.file_size for info in infos) > UNPACKED:
            raise Refused("file_unpacks_too_large")
        for info in infos:
            with parts.open(info) as part:
                if b"<!DOCTYPE" in part.read(4096).upper():
                    raise Refused("file_names_entities")


def _xml(path: Path, profile: ExchangeProfile) -> Iterator[Row]:
    """Each child of the root is a row; its children are cells, named by `name` or by their own tag."""
    ready: list[Row] = []
    _reader = _Elements(ready)
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            _reader.feed(chunk)
            yield from ready
            ready.clear()
    _reader.close()
    yield from ready


class _Elements:
    """An XML reader that knows no document types: without them there are no entities to blow up."""

    def __init__(self, ready: list[Row]) -> None:
        self.ready, self.depth, self.line = ready, 0, 0
        self.cells: dict[str, str] = {}
        self.name, self.text = "", ""
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data

    def feed(self, chunk: bytes) -> None:
        self.parser.Parse(chunk, False)

    def close(self) -> None:
        self.parser.Parse(b"", True)

    def _doctype(self, *_told: Any) -> None:
        raise Refused("file_names_entities")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth == 2:
            self.cells, self.line = {}, self.parser.CurrentLineNumber
        elif self.depth == 3:
            self.name, self.text = attributes.get("name", tag), ""

    def _data(self, text: str) -> None:
        if self.depth == 3 and len(self.text) < CELL:
            self.text += text[:CELL]

    def _end(self, _tag: str) -> None:
        if self.depth == 3 and len(self.cells) < COLUMNS:
            self.cells[self.name] = self.text.strip()
        elif self.depth == 2:
            self.ready.append(Row(self.line, self.cells))
        self.depth -= 1


def _known(names: list[str], profile: ExchangeProfile) -> None:
    """Raises Refused when columns that the profile reads are not in the file: half a file is worse than none."""
    missing = sorted(set(profile.columns.values()) - set(names))
    if missing:
        raise Refused("columns_are_missing", columns=", ".join(missing[:10])[:200])


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return f"{cell:%H:%M}" if isinstance(cell, dt.time) else str(cell)


def _plain(text: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from running it, cut to what any field could hold."""
    text = text.strip()[:CELL]
    return text[1:] if len(text) > 1 and text[0] == "'" and text[1] in "=+-@＝＋－＠" else text
