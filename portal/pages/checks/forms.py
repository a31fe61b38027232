"""The document of a draft as a form of plain fields, and back: one language beside the source at a time.

What the form does not show – the other languages – stays as the document has it. Parts are added, dropped and moved
by buttons that also save, so that it all works without scripts.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.core.languages import OWN_NAMES
from portal.instruments.definition import Deed, Kind

CHECK, LIST, NUMBER, CHOICE, ANSWERS, LINE = "check", "list", "number", "choice", "answers", "line"
MOST_PARTS = 60
KINDS = {
    Kind.SINGLE: _("One answer"),
    Kind.MULTIPLE: _("Several answers"),
    Kind.NUMBER: _("A number"),
    Kind.YES_NO: _("Yes or no"),
}
DEEDS = {Deed.OVERRIDE: _("This group instead"), Deed.REQUIRE: _("At least this group")}


@dataclass(frozen=True, slots=True)
class Part:
    """What a part of a document consists of."""

    label: Any
    plain: tuple[tuple[str, str, Any], ...]
    texts: tuple[tuple[str, Any], ...]
    lists: tuple[tuple[str, Part], ...] = ()


CODE = ("code", LINE, _("code"))
OPTION = Part(_("Answer"), (CODE, ("points", NUMBER, _("points (empty: cannot tell)"))), (("text", _("text")),))
QUESTION = Part(
    _("Question"),
    (
        CODE,
        ("kind", CHOICE, _("kind")),
        ("show_if", LINE, _("asked if")),
        ("low", NUMBER, _("least number")),
        ("high", NUMBER, _("greatest number")),
    ),
    (("text", _("text")), ("help", _("help")), ("unit", _("unit"))),
    (("options", OPTION),),
)
SECTION = Part(_("Section"), (CODE,), (("title", _("title")),), (("questions", QUESTION),))
AMOUNT = Part(
    _("Sum"),
    (("sum", LINE, _("sum, for example 1.75 BSI (empty: not confirmed)")), ("per", LINE, _("for each of (question)"))),
    (("label", _("name")),),
)
OUTCOME = Part(
    _("Outcome"),
    (
        CODE,
        ("low", NUMBER, _("points from")),
        ("high", NUMBER, _("points to")),
        ("if", LINE, _("if")),
        ("services", LIST, _("services (codes)")),
        ("again_months", NUMBER, _("look again after months")),
    ),
    (("title", _("title")), ("text", _("explanation"))),
    (("amounts", AMOUNT),),
)
RULE = Part(
    _("Rule"),
    (CODE, ("if", LINE, _("if")), ("deed", CHOICE, _("what it does")), ("outcome", LINE, _("outcome"))),
    (("because", _("explanation")),),
)
CASE = Part(
    _("Test case"),
    (
        ("name", LINE, _("name")),
        ("answers", ANSWERS, _("answers, one a line: question = answer")),
        ("expected", LIST, _("expected outcomes (codes)")),
    ),
    (),
)
WHOLE = Part(
    "",
    (
        ("by_points", CHECK, _("Exactly one outcome, by points")),
        ("is_invented", CHECK, _("Invented: every page says so")),
    ),
    (("title", _("title")), ("lead", _("introduction")), ("nothing", _("when nothing fits"))),
    (("sections", SECTION), ("outcomes", OUTCOME), ("rules", RULE), ("cases", CASE)),
)


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    label: Any
    kind: str
    value: str
    choices: tuple[tuple[str, Any, bool], ...] = ()
    language: str = ""
    language_name: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One part with its fields and the parts inside it."""

    path: str
    title: str
    fields: tuple[Field, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A list of parts: `path` names it for the button that adds one."""

    path: str
    label: Any
    blocks: tuple[Block, ...]


def shown(document: Mapping[str, Any], languages: tuple[str, ...]) -> Block:
    """The whole document as fields, its texts in these languages."""
    return _block(WHOLE, document, "", "", languages)


def _block(part: Part, data: Mapping[str, Any], path: str, title: str, languages: tuple[str, ...]) -> Block:
    fields = [_field(part, data, path, name, kind, label) for name, kind, label in part.plain]
    for name, label in part.texts:
        texts = data.get(name) or {}
        fields += [
            Field(f"{path}{name}.{code}", label, "text", texts.get(code) or "", (), code, OWN_NAMES[code])
            for code in languages
        ]
    groups = []
    for name, inner in part.lists:
        blocks = tuple(
            _block(inner, one, f"{path}{name}.{number}.", str(one.get("code") or one.get("name") or number), languages)
            for number, one in enumerate(data.get(name) or ())
        )
        groups.append(Group(f"{path}{name}", inner.label, blocks))
    return Block(path.rstrip("."), title, tuple(fields), tuple(groups))


def _field(part: Part, data: Mapping[str, Any], path: str, name: str, kind: str, label: Any) -> Field:
    value = data.get(name)
    if kind == CHOICE:
        known: Mapping[Any, Any] = KINDS if name == "kind" else DEEDS
        return Field(
            path + name, label, kind, "", tuple((str(code), said, code == value) for code, said in known.items())
        )
    return Field(path + name, label, kind, _written(kind, value))


def _written(kind: str, value: Any) -> str:
    if kind == LIST:
        return ", ".join(str(one) for one in value or ())
    if kind == ANSWERS:
        given = ((code, one if isinstance(one, list) else [one]) for code, one in (value or {}).items())
        return "\n".join(f"{code} = {' | '.join(str(each) for each in one)}" for code, one in given)
    if kind == CHECK:
        return "yes" if value else ""
    return "" if value is None else str(value)


def read(document: Mapping[str, Any], sent: QueryDict, languages: tuple[str, ...]) -> dict[str, Any]:
    """The document with what was typed; what was not sent stays."""
    changed: dict[str, Any] = copy.deepcopy(dict(document))
    _take(WHOLE, changed, "", sent, languages)
    do, _colon, path = sent.get("do", "").partition(":")
    if do in ("add", "drop", "up"):
        _rearrange(changed, do, path)
    return changed


def _take(part: Part, data: dict[str, Any], path: str, sent: QueryDict, languages: tuple[str, ...]) -> None:
    for name, kind, _label in part.plain:
        if kind == CHECK or path + name in sent:
            data[name] = _typed(kind, sent.get(path + name, "").strip()[:2000], is_points=name == "points")
    for name, _label in part.texts:
        texts = dict(data.get(name) or {})
        for code in languages:
            typed = sent.get(f"{path}{name}.{code}")
            if typed is not None and (typed or code in texts):
                texts[code] = " ".join(typed.split())[:2000]
        data[name] = texts
    for name, inner in part.lists:
        for number, one in enumerate(data.setdefault(name, [])):
            _take(inner, one, f"{path}{name}.{number}.", sent, languages)


def _typed(kind: str, text: str, *, is_points: bool) -> Any:
    if kind == CHECK:
        return bool(text)
    if kind == LIST:
        return [one.strip() for one in text.split(",") if one.strip()]
    if kind == NUMBER:
        return int(text) if text.lstrip("-").isdecimal() else text or (None if is_points else 0)
    if kind == ANSWERS:
        pairs = (line.partition("=") for line in text.splitlines() if "=" in line)
        return {code.strip(): [one.strip() for one in given.split("|")] for code, _sign, given in pairs}
    return text


def _rearrange(document: dict[str, Any], do: str, path: str) -> None:
    """Add a part at the end of the list `path`, or drop or move up the part at `path`. Nonsense changes nothing."""
    names = path.split(".")
    place, part, parts = document, WHOLE, None
    for name in names:
        if name.isdecimal() and parts is not None and int(name) < len(parts):
            place = parts[int(name)]
            continue
        lists = dict(part.lists)
        if name not in lists:
            return
        part, parts = lists[name], place.setdefault(name, [])
    if parts is None:
        return
    if do == "add":
        if len(parts) < MOST_PARTS and not names[-1].isdecimal():
            parts.append(_empty(part))
    elif names[-1].isdecimal() and int(names[-1]) < len(parts):
        number = int(names[-1])
        if do == "drop":
            parts.pop(number)
        elif number:
            parts[number - 1], parts[number] = parts[number], parts[number - 1]


def _empty(part: Part) -> dict[str, Any]:
    found: dict[str, Any] = {name: {} for name, _label in part.texts} | {name: [] for name, _inner in part.lists}
    for name, kind, _label in part.plain:
        empty: dict[str, Any] = {NUMBER: 0, LIST: [], ANSWERS: {}, CHECK: False}
        found[name] = empty.get(kind, "")
    if part is QUESTION:
        found |= {"kind": str(Kind.SINGLE), "high": 0}
    if part is RULE:
        found |= {"deed": str(Deed.REQUIRE)}
    return found
