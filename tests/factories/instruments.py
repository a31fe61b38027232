"""Instruments of the tests: a small check by points, and a small situation with an income."""

from __future__ import annotations

from typing import Any

from portal.instruments import actions
from portal.instruments.models import Instrument, Purpose, Version


def text(english: str) -> dict[str, str]:
    return {"lt": f"{english} (lt)", "ru": f"{english} (ru)", "en": english, "uk": f"{english} (uk)"}


def _option(code: str, points: int | None) -> dict[str, Any]:
    return {"code": code, "text": text(code), "points": points}


def _scale(code: str) -> dict[str, Any]:
    options = [_option("alone", 0), _option("help", 2), _option("cannot", 3), _option("unsure", None)]
    return {"code": code, "kind": "single", "text": text(f"How is {code}?"), "help": text("Think."), "options": options}


def check() -> dict[str, Any]:
    """Two questions of three points; a rule for whoever is alone at night; a test case."""
    night = {
        "code": "night",
        "kind": "yes_no",
        "text": text("Alone at night?"),
        "options": [_option("yes", 0), _option("no", 0)],
        "show_if": "eating = cannot",
    }
    return {
        "title": text("How much help?"),
        "lead": text("Two questions."),
        "by_points": True,
        "is_invented": True,
        "sections": [
            {"code": "day", "title": text("The day"), "questions": [_scale("washing"), _scale("eating"), night]},
        ],
        "outcomes": [
            {"code": "group-0", "title": text("Little help"), "low": 0, "high": 2, "services": ["informavimas"]},
            {"code": "group-1", "title": text("Some help"), "low": 3, "high": 4, "services": ["pagalba"]},
            {"code": "group-2", "title": text("Much help"), "low": 5, "high": 6, "services": ["pagalba"]},
        ],
        "rules": [
            {
                "code": "alone-at-night",
                "if": "night = yes",
                "deed": "require",
                "outcome": "group-2",
                "because": text("Nobody is there at night."),
            }
        ],
        "cases": [{"name": "all alone", "answers": {"washing": "alone", "eating": "alone"}, "expected": ["group-0"]}],
    }


def situation() -> dict[str, Any]:
    """An income a head against a base amount, and a sum a child."""
    return {
        "title": text("Lost income"),
        "lead": text("A few questions."),
        "nothing": text("Ask us."),
        "sections": [
            {
                "code": "money",
                "title": text("Money"),
                "questions": [
                    {"code": "income", "kind": "number", "text": text("Income?"), "high": 100000},
                    {"code": "people", "kind": "number", "text": text("People?"), "low": 1, "high": 30},
                    {"code": "children", "kind": "number", "text": text("Children?"), "high": 30},
                ],
            }
        ],
        "outcomes": [
            {
                "code": "benefit",
                "title": text("Social benefit"),
                "if": "income / people < 1.1 VRP",
                "services": ["pasalpa"],
                "amounts": [{"label": text("Not confirmed"), "sum": ""}],
            },
            {
                "code": "child-money",
                "title": text("Child benefit"),
                "if": "children >= 1",
                "services": ["vaiko_pinigai"],
                "amounts": [{"label": text("For the children"), "sum": "1.75 BSI", "per": "children"}],
            },
        ],
        "rules": [],
        "cases": [
            {"name": "rich", "answers": {"income": 9000, "people": 1, "children": 0}, "expected": []},
        ],
    }


def published(
    code: str = "care", document: dict[str, Any] | None = None, purpose: str = Purpose.CHECK, **values: Any
) -> Version:
    """A version that residents meet, complete in four languages; a further one retires the one before."""
    instrument, _created = Instrument.objects.get_or_create(code=code, defaults={"purpose": purpose, **values})
    version = actions.begin(instrument, by=None, document=check() if document is None else document)
    actions.declare_all(version)
    version.save(update_fields=["translated_from"])
    return actions.bring_out(version, bases={}, by=None)
