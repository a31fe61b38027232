"""charter.yaml: one version of the charter and its lines."""

from __future__ import annotations

from collections.abc import Iterator

from charter.models import Charter, CharterLine, LineKind
from portal.demo.reading import Entry, Pack, Texts
from portal.demo.records import Record

TEXTS = ("title", "introduction", "carried_by", "proposal_note")
LISTS = ("principles", "values", "areas", "duties", "redress")


def read(pack: Pack) -> Iterator[Record]:
    if not pack.has("charter.yaml"):
        return
    entry = pack.one("charter.yaml")
    entry.knows(*TEXTS, *LISTS, "version", "in_force_from", "in_force_until", "proposal", "sources")
    code = entry.get("version", str)
    yield Record(
        Charter,
        entry.place,
        key={"code": code},
        values={
            "is_proposal": entry.get("proposal", bool),
            "in_force_from": entry.date("in_force_from"),
            "in_force_until": entry.date("in_force_until"),
            "sources": entry.plain("sources"),
        },
        texts={name: entry.texts(name) for name in TEXTS},
    )
    yield from _lines(entry, code)


def _lines(entry: Entry, charter: str) -> Iterator[Record]:
    for name, kind in (("principles", LineKind.PRINCIPLE), ("values", LineKind.VALUE)):
        for order, line in enumerate(entry.entries(name), 1):
            line.knows("code", "proposal", "text", "explanation")
            texts = {"text": line.texts("text"), "explanation": line.may_texts("explanation")}
            yield _line(line, charter, kind, line.get("code", str), order, texts, line.get("proposal", bool))
    for order, line in enumerate(entry.entries("areas"), 1):
        line.knows("code", "name", "description")
        texts = {"text": line.texts("name"), "explanation": line.may_texts("description")}
        yield _line(line, charter, LineKind.AREA, line.get("code", str), order, texts, False)
    for name, kind in (("duties", LineKind.DUTY), ("redress", LineKind.REDRESS)):
        for order, line in enumerate(entry.entries(name), 1):
            said = line if "text" in line.data else Entry({"text": line.data}, line.place)
            said.knows("text")
            yield _line(line, charter, kind, f"{kind}-{order}", order, {"text": said.texts("text")}, True)


def _line(
    entry: Entry, charter: str, kind: LineKind, code: str, order: int, texts: dict[str, Texts], proposal: bool
) -> Record:
    return Record(
        CharterLine,
        entry.place,
        key={"kind": kind.value, "code": code},
        values={"order": order, "is_proposal": proposal},
        within={"charter": charter},
        texts=texts,
    )
