"""What a manager typed about a survey's parts, as fields of its document."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from charter.feedback.surveys.definition import CHOSEN, Definition, Kind, Question
from charter.models import Area
from portal.core.languages import LANGUAGES

MOST_OPTIONS = 40
BLANK_OPTIONS = 2
LONGEST = 500


class Mixed(ValueError):
    """A branch may ask about one question only."""


def texts(posted: QueryDict, name: str) -> dict[str, str]:
    """A text in the languages in which something was typed."""
    typed = {code: posted.get(f"{name}-{code}", "").strip()[:LONGEST] for code in LANGUAGES}
    return {code: text for code, text in typed.items() if text}


def branch(posted: QueryDict) -> dict[str, Any] | None:
    """`show_if` as chosen; None: shown to everybody. Raises Mixed."""
    chosen = [value.partition("=")[::2] for value in posted.getlist("branch") if "=" in value]
    if not chosen:
        return None
    asked = {code for code, _value in chosen}
    if len(asked) > 1:
        raise Mixed
    return {"question": asked.pop(), "values": [value for _code, value in chosen]}


def section(posted: QueryDict) -> dict[str, Any]:
    """Raises Mixed."""
    return {"title": texts(posted, "title"), "lead": texts(posted, "lead"), "show_if": branch(posted)}


def question(posted: QueryDict) -> dict[str, Any]:
    """Raises Mixed."""
    kind = posted.get("kind", "")
    area = posted.get("area", "")
    return {
        "kind": kind if kind in Kind.values else Kind.SCALE5.value,
        "text": texts(posted, "text"),
        "help": texts(posted, "help"),
        "low": texts(posted, "low"),
        "high": texts(posted, "high"),
        "is_required": "is_required" in posted,
        "is_group": "is_group" in posted,
        "area": area if area in Area.values else "",
        "standard": posted.get("standard", "")[:40],
        "options": options(posted),
        "show_if": branch(posted),
    }


def options(posted: QueryDict) -> list[dict[str, Any]]:
    """Answers to choose from, without empty rows, as the buttons beside them left them."""
    rows = []
    for place in range(MOST_OPTIONS):
        said = texts(posted, f"o{place}")
        code = posted.get(f"o{place}-code", "")[:40]
        if said:
            rows.append({"code": code, "text": said})
    rows = _arranged(rows, posted.get("do", ""))
    taken = {row["code"] for row in rows if row["code"]}
    for row in rows:
        if not row["code"]:
            row["code"] = next(f"a{number}" for number in range(1, MOST_OPTIONS * 2) if f"a{number}" not in taken)
            taken.add(row["code"])
    return rows


def _arranged(rows: list[dict[str, Any]], button: str) -> list[dict[str, Any]]:
    deed, _colon, typed = button.partition(":")
    place = int(typed) if typed.isdecimal() and len(typed) < 4 else -1
    if not 0 <= place < len(rows):
        return rows
    if deed == "drop":
        return rows[:place] + rows[place + 1 :]
    other = {"up": place - 1, "down": place + 1}.get(deed, -1)
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
    return rows


def may_be_asked_about(definition: Definition, code: str) -> list[Question]:
    """Questions that a part may depend on: closed ones that come before it."""
    found: list[Question] = []
    for each in definition.sections:
        if each.code == code:
            break
        for one in each.questions:
            if one.code == code:
                return found
            if one.steps or one.kind in CHOSEN:
                found.append(one)
    return found
