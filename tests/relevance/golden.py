"""The golden questions, and what answers each of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from kb.models import Article


def questions(language: str, name: str = "golden") -> list[dict[str, Any]]:
    """Rows `{ask, right: [kind:code, …], about: [service, …]}`; a row has `right`, `about` or both.

    `name`: "golden", or "unseen" for those that nobody may tune by.
    """
    text = (Path(__file__).parent / f"{name}_{language}.yaml").read_text(encoding="utf-8")
    return list(yaml.safe_load(text))


def right(row: dict[str, Any], answers: dict[str, list[str]]) -> list[str]:
    """Everything that would do: what the question names, its services and the answers about them."""
    about = row.get("about", [])
    named = [*row.get("right", []), *(f"service:{code}" for code in about)]
    return named + [f"article:{article}" for code in about for article in answers.get(code, ())]


def answers_by_service() -> dict[str, list[str]]:
    """Codes of the articles about each service, by its code."""
    pairs = Article.services.through.objects.values_list("service__code", "article__code")
    answers: dict[str, list[str]] = {}
    for service, article in pairs:
        answers.setdefault(service, []).append(article)
    return answers
