"""Changing a survey's document: parts are added, changed, moved and taken out. Pure; each call gives a new document."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any, TypeAlias

Document: TypeAlias = dict[str, Any]
UP, DOWN = "up", "down"


class NoSuchPart(LookupError):
    """There is no section or question of this code."""


def section(document: Mapping[str, Any], code: str) -> dict[str, Any]:
    """The section of this code. Raises NoSuchPart."""
    for each in document.get("sections", ()):
        if each["code"] == code:
            return dict(each)
    raise NoSuchPart(code)


def question(document: Mapping[str, Any], code: str) -> dict[str, Any]:
    """The question of this code. Raises NoSuchPart."""
    section_, place = _home(document, code)
    return dict(section_["questions"][place])


def with_texts(document: Document, texts: Mapping[str, Mapping[str, str]]) -> Document:
    """With another title, lead or thanks."""
    return {**deepcopy(document), **{name: dict(values) for name, values in texts.items()}}


def with_section(document: Document) -> tuple[Document, str]:
    """With one more section at the end, and its code."""
    new = deepcopy(document)
    code = _free("s", {each["code"] for each in new["sections"]})
    new["sections"].append({"code": code, "title": {}, "lead": {}, "questions": []})
    return new, code


def with_question(document: Document, into: str, kind: str) -> tuple[Document, str]:
    """With one more question at the end of a section, and its code. Raises NoSuchPart."""
    new = deepcopy(document)
    code = _free("q", set(_codes(new)))
    _section_in(new, into)["questions"].append({"code": code, "kind": kind, "text": {}, "is_required": True})
    return new, code


def with_changed_section(document: Document, code: str, fields: Mapping[str, Any]) -> Document:
    new = deepcopy(document)
    _section_in(new, code).update(fields)
    return new


def with_changed_question(document: Document, code: str, fields: Mapping[str, Any]) -> Document:
    new = deepcopy(document)
    home, place = _home(new, code)
    home["questions"][place].update(fields)
    return new


def without(document: Document, code: str) -> Document:
    """Without this section with its questions, or this question. Raises NoSuchPart."""
    new = deepcopy(document)
    kept = [each for each in new["sections"] if each["code"] != code]
    if len(kept) < len(new["sections"]):
        new["sections"] = kept
        return new
    home, place = _home(new, code)
    del home["questions"][place]
    return new


def moved(document: Document, code: str, way: str) -> Document:
    """One place up or down. A question at its section's edge goes over into the next; at the very edge it stays."""
    new = deepcopy(document)
    step = -1 if way == UP else 1
    places = [each["code"] for each in new["sections"]]
    if code in places:
        _swap(new["sections"], places.index(code), step)
        return new
    home, place = _home(new, code)
    if 0 <= place + step < len(home["questions"]):
        _swap(home["questions"], place, step)
        return new
    beside = places.index(home["code"]) + step
    if 0 <= beside < len(places):
        there = new["sections"][beside]["questions"]
        there.insert(len(there) if step < 0 else 0, home["questions"].pop(place))
    return new


def _swap(parts: list[Any], place: int, step: int) -> None:
    if 0 <= place + step < len(parts):
        parts[place], parts[place + step] = parts[place + step], parts[place]


def _section_in(document: Document, code: str) -> dict[str, Any]:
    for each in document["sections"]:
        if each["code"] == code:
            found: dict[str, Any] = each
            return found
    raise NoSuchPart(code)


def _home(document: Mapping[str, Any], code: str) -> tuple[dict[str, Any], int]:
    for each in document.get("sections", ()):
        for place, one in enumerate(each["questions"]):
            if one["code"] == code:
                return each, place
    raise NoSuchPart(code)


def _codes(document: Document) -> list[str]:
    return [one["code"] for each in document["sections"] for one in each["questions"]]


def _free(letter: str, taken: set[str]) -> str:
    number = len(taken) + 1
    while f"{letter}{number}" in taken:
        number += 1
    return f"{letter}{number}"
