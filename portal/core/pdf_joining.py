"""Several PDFs of our own making as one, written part by part: no part is held longer than it takes to copy it.

Knows what `portal.core.pdf` makes when it is asked for an open one – a plain table of objects, one catalog, one tree of
pages – and refuses the rest.
Objects keep their content and get new numbers; the trees of pages become branches of one.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO

_XREF = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_TABLE = re.compile(rb"xref\s+0 (\d+)\s+")
_ROOT = re.compile(rb"/Root (\d+) 0 R")
_PAGES = re.compile(rb"/Pages (\d+) 0 R")
_COUNT = re.compile(rb"/Count (\d+)")
_REFERENCE = re.compile(rb"(?<!\d)(\d+) 0 R\b")
_LENGTH = re.compile(rb"/Length (\d+)(?! 0 R)")
_HEAD = re.compile(rb"\s*\d+ 0 obj\b")
ENTRY = 20


class NotJoinable(ValueError):
    """The PDF is not written as ours are."""


@dataclass(frozen=True, slots=True)
class _Part:
    objects: dict[int, bytes]
    catalog: int
    pages: int


def join(parts: Iterable[bytes], out: IO[bytes]) -> int:
    """Write the parts one after the other as one PDF; returns how many pages it has. Raises NotJoinable."""
    out.write(b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n")
    offsets: dict[int, int] = {}
    branches, total, highest = [], 0, 2  # 1: the catalog, 2: the tree of pages
    for part in parts:
        found = _read(part)
        shift = highest
        for number, content in found.objects.items():
            if number == found.catalog:
                continue
            said = _shifted(content, shift)
            if number == found.pages:
                said = said.replace(b"/Type /Pages", b"/Type /Pages /Parent 2 0 R", 1)
                total += int(_one(_COUNT, said))
            offsets[number + shift] = out.tell()
            out.write(b"%d 0 obj%sendobj\n" % (number + shift, said))
        branches.append(found.pages + shift)
        highest = shift + max(found.objects)
    _end(out, offsets, branches, total, highest)
    return total


def _read(part: bytes) -> _Part:
    start = int(_one(_XREF, part[-64:]))
    table = _TABLE.match(part, start)
    if table is None:
        raise NotJoinable("there is no plain table of objects")
    objects: dict[int, bytes] = {}
    offsets = []
    for number in range(1, int(table[1])):
        entry = part[table.end() + number * ENTRY : table.end() + (number + 1) * ENTRY]
        if entry[17:18] == b"n":
            offsets.append((int(entry[:10]), number))
    offsets.sort()
    ends = [offset for offset, _number in offsets[1:]] + [start]
    for (offset, number), end in zip(offsets, ends, strict=True):
        content = part[offset:end]
        head = _HEAD.match(content)
        if head is None:
            raise NotJoinable("an object is not where the table says")
        objects[number] = content[head.end() : content.rindex(b"endobj")]
    catalog = int(_one(_ROOT, part[start:]))
    return _Part(objects, catalog, int(_one(_PAGES, objects[catalog])))


def _shifted(content: bytes, shift: int) -> bytes:
    """The object with new numbers in it; what a stream holds stays as it is, only packed."""
    words, stream, rest = content.partition(b"stream\n")
    words = _REFERENCE.sub(lambda found: b"%d 0 R" % (int(found[1]) + shift), words)
    if not stream or b"/Filter" in words:
        return words + stream + rest
    packed = zlib.compress(rest[: int(_one(_LENGTH, words))])
    words = _LENGTH.sub(b"/Filter /FlateDecode/Length %d" % len(packed), words, count=1)
    return words + stream + packed + b"\nendstream\n"


def _one(pattern: re.Pattern[bytes], content: bytes) -> bytes:
    found = pattern.search(content)
    if found is None:
        raise NotJoinable(pattern.pattern.decode())
    return found[1]


def _end(out: IO[bytes], offsets: dict[int, int], branches: list[int], total: int, highest: int) -> None:
    offsets[1] = out.tell()
    out.write(b"1 0 obj\n<</Type /Catalog /Pages 2 0 R>>\nendobj\n")
    offsets[2] = out.tell()
    kids = b" ".join(b"%d 0 R" % number for number in branches)
    out.write(b"2 0 obj\n<</Type /Pages /Count %d /Kids [%s]>>\nendobj\n" % (total, kids))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (highest + 1))
    for number in range(1, highest + 1):
        out.write(b"%010d 00000 n \n" % offsets[number] if number in offsets else b"0000000000 65535 f \n")
    out.write(b"trailer\n<</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (highest + 1, start))
