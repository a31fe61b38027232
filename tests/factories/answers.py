"""Answers and topics, as small as a test needs them."""

from __future__ import annotations

from typing import Any

from kb.models import Article, Topic
from tests.factories.charter import translated


def article(code: str = "A-001", **fields: Any) -> Article:
    """How to get help with heating bills, in Lithuanian and English."""
    joins = {name: fields.pop(name, []) for name in ("topics", "services", "institutions")}
    defaults: dict[str, Any] = {
        "title_lt": "Kaip gauti kompensaciją?",
        "title_en": "How to get compensation?",
        "slug_lt": f"{code.lower()}-kaip-gauti",
        "slug_en": f"{code.lower()}-how-to-get",
        "short_answer_lt": "Pateikite prašymą.",
        "short_answer_en": "Hand in a request.",
        "body_lt": "<p>Visas atsakymas.</p>",
        "body_en": "<p>The whole answer.</p>",
    }
    made = translated(Article(code=code, **defaults | fields), "en")
    for name, entries in joins.items():
        getattr(made, name).set(entries)
    made.save()
    return made


def topic(code: str = "bustas", **fields: Any) -> Topic:
    """Heating and housing, in Lithuanian and English."""
    services = fields.pop("services", [])
    defaults: dict[str, Any] = {
        "name_lt": "Šildymas ir būstas",
        "name_en": "Heating and housing",
        "slug_lt": f"{code}-lt",
        "slug_en": f"{code}-en",
    }
    made = translated(Topic(code=code, **defaults | fields), "en")
    made.services.set(services)
    made.save()
    return made
