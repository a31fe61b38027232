"""The one set of questions, asked at every door: five faces; if one likes, the four areas, and words.

Web, conversation, kiosk, and staff who enter a call or a paper form all show it by `components/questions.html` and read
it here, so that answers can be added up whatever way they came.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from charter.models import Area

CANT_SAY = "0"
SCORES = ("1", "2", "3", "4", "5")
FACES = (
    ("1", gettext_lazy("Very badly")),
    ("2", gettext_lazy("Badly")),
    ("3", gettext_lazy("So-so")),
    ("4", gettext_lazy("Well")),
    ("5", gettext_lazy("Very well")),
)
ANSWERS = (*FACES, (CANT_SAY, gettext_lazy("I can’t say")))
# How the four areas of the charter are asked about: by what a person met with, not by their names.
AREAS = (
    (Area.ACCESSIBILITY, gettext_lazy("How was it to reach us, and how fast did we act?")),
    (Area.COMMUNICATION, gettext_lazy("How did we speak with you and explain things?")),
    (Area.INFRASTRUCTURE, gettext_lazy("How were the rooms, the way in, the website?")),
    (Area.DEVELOPMENT, gettext_lazy("How well do the services on offer meet your needs?")),
)


@dataclass(frozen=True, slots=True)
class Question:
    """One area as a form shows it; `chosen`: what was answered before the form came back."""

    name: str
    words: Any
    chosen: str


def _new_key() -> str:
    return str(uuid.uuid4())


@dataclass(frozen=True, slots=True)
class Typed:
    """What was chosen and written, as it was sent; `key`: under which it counts once."""

    score: str = ""
    areas: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    key: str = field(default_factory=_new_key)

    @property
    def error(self) -> str:
        """What is wrong with it; empty when it can be kept."""
        return "" if self.score in SCORES else _("Choose one of the five faces.")

    @property
    def given(self) -> dict[str, int]:
        """The areas that were answered."""
        return {area: int(answer) for area, answer in self.areas.items()}

    @property
    def questions(self) -> list[Question]:
        return [Question(area.value, words, self.areas.get(area.value, "")) for area, words in AREAS]

    @property
    def answers(self) -> tuple[tuple[str, Any], ...]:
        """What may be answered about an area."""
        return ANSWERS

    @property
    def has_more(self) -> bool:
        """Whether more than a face was answered: then what is folded away must be seen."""
        return bool(self.areas or self.text)


def read(sent: Mapping[str, Any]) -> Typed:
    """What a form or a kiosk sent. An area answered with anything else counts as not answered."""
    known = {answer for answer, _words in ANSWERS}
    areas = {area.value: said for area, _words in AREAS if (said := str(sent.get(area.value, ""))) in known}
    return Typed(str(sent.get("score", "")), areas, str(sent.get("text", "")), _key(str(sent.get("key", ""))))


def _key(typed: str) -> str:
    """The key of this form; a new one where none can be read."""
    try:
        return str(uuid.UUID(typed))
    except ValueError:
        return _new_key()
