"""Surveys to begin with: written in four languages, ready to be changed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext_lazy as _

from portal.core.languages import LANGUAGES

FOLDER = Path(__file__).parent / "patterns"
EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Pattern:
    """`words`: what it is good for."""

    code: str
    name: Any
    words: Any


PATTERNS = (
    Pattern(
        "five_faces", _("After a service: five faces"), _("Four questions for everybody who has just been helped.")
    ),
    Pattern(
        "short_quality",
        _("Quality of a service, short"),
        _("Seven questions on its five sides: what is seen, reliance, readiness, confidence, care."),
    ),
    Pattern(
        "needs",
        _("Needs and satisfaction, by the four areas"),
        _("Twelve questions by the four areas that the residents’ survey of 2021 named; the questions are our own."),
    ),
    Pattern(EMPTY, _("An empty survey"), _("You write every question yourself.")),
)


@lru_cache(maxsize=8)
def _text(code: str) -> str:
    return (FOLDER / f"{code}.yaml").read_text("utf-8")


def document_of(code: str) -> dict[str, Any]:
    """A fresh document of this pattern. Raises KeyError for what is none."""
    if code not in {pattern.code for pattern in PATTERNS}:
        raise KeyError(code)
    if code == EMPTY:
        return {"title": {}, "lead": {}, "thanks": {}, "sections": [{"code": "s1", "title": {}, "questions": []}]}
    found: dict[str, Any] = yaml.safe_load(_text(code))
    return found


def is_whole(code: str) -> bool:
    """Whether every text of it is there in all languages."""
    return all(set(texts) == set(LANGUAGES) for texts in _texts(document_of(code)) if texts)


def _texts(part: Any) -> list[dict[str, str]]:
    if isinstance(part, list):
        return [texts for each in part for texts in _texts(each)]
    if not isinstance(part, dict):
        return []
    if set(part) & set(LANGUAGES):
        return [part]
    return [texts for each in part.values() for texts in _texts(each)]
