"""Judged questions from files: `docs.jsonl` ({id, lang, title?, text}) and `queries.jsonl` ({id, lang, text, rel})."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_UNFIT = re.compile(r"[^\w.-]")


@dataclass(frozen=True, slots=True)
class Document:
    """One text in one language."""

    code: str
    language: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with the codes of the documents that answer it."""

    language: str
    text: str
    right: frozenset[str]


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """One folder: it has an index of its own."""

    name: str
    documents: tuple[Document, ...]
    questions: tuple[Judged, ...]

    @property
    def family(self) -> str:
        """The name without its language: sets of one family have the same documents in several languages."""
        return re.sub(r"[_-](lt|ru|en|uk)$", "", self.name)


def sets_of(data: str) -> list[JudgedSet]:
    """The sets in these folders (parted by commas), and in the folders directly below them."""
    found = [folder for name in data.split(",") if name for folder in _folders(Path(name))]
    return [_read(folder) for folder in dict.fromkeys(found)]


def _folders(folder: Path) -> Iterator[Path]:
    if (folder / "queries.jsonl").exists():
        yield folder
    elif folder.is_dir():
        yield from sorted(path.parent for path in folder.glob("*/queries.jsonl"))
    else:
        raise SystemExit(f"{folder} is not a folder with docs.jsonl and queries.jsonl")


def _read(folder: Path) -> JudgedSet:
    documents = [
        Document(_code(row["id"]), row["lang"], row.get("title") or "", row["text"])
        for row in _rows(folder / "docs.jsonl")
    ]
    questions = [
        Judged(row["lang"], row["text"], frozenset(map(_code, row["rel"]))) for row in _rows(folder / "queries.jsonl")
    ]
    return JudgedSet(folder.name, tuple(documents), tuple(questions))


def _rows(path: Path) -> list[Mapping[str, Any]]:
    lines = path.read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line.strip()]


def _code(identity: object) -> str:
    return _UNFIT.sub("_", str(identity))
