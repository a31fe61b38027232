"""Where an appeal belongs: services and institutions to choose from, and a guess from the words somebody wrote."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from charter.models import Institution, Service
from portal.core.languages import LANGUAGES, Localised, column, columns, current, pick

_WORD = re.compile(r"\w{4,}")
# How many letters of a word carry its meaning in our languages, whatever its ending is.
STEM = 5


@dataclass(frozen=True, slots=True)
class Choice:
    """One service or institution."""

    code: str
    name: Localised


def services() -> list[Choice]:
    """Published services, by name in the reader's language."""
    return _choices(list(Service.objects.filter(live=True).values("code", *columns(("name",)))))


def institutions() -> list[Choice]:
    """Published institutions, in their order."""
    rows = Institution.objects.filter(live=True).order_by("order", "code").values("code", *columns(("name",)))
    return [_choice(row) for row in rows]


def guess(text: str) -> Institution | None:
    """The institution somebody most likely writes about: named itself, or through words residents use for a service.

    A guess is only offered; None where nothing or several fit equally well.
    """
    said = stems(text)
    scores: dict[int, int] = {}
    for row in Institution.objects.filter(live=True).values("pk", *columns(("name", "short_name"))):
        named = stems(" ".join(row[name] or "" for name in columns(("short_name",)))) or stems(row["name_lt"] or "")
        scores[row["pk"]] = 3 * len(said & named)
    columns_ = columns(("name", "resident_words"))
    for row in Service.objects.filter(live=True, provider__live=True).values("provider_id", *columns_):
        words = stems("\n".join(row[name] or "" for name in columns_))
        scores[row["provider_id"]] = max(scores.get(row["provider_id"], 0), len(said & words))
    best = sorted(scores.items(), key=lambda pair: -pair[1])[:2]
    if not best or not best[0][1] or (len(best) == 2 and best[0][1] == best[1][1]):
        return None
    return Institution.objects.get(pk=best[0][0])


def _choices(rows: list[dict[str, str]]) -> list[Choice]:
    return sorted((_choice(row) for row in rows), key=lambda choice: choice.name.text.casefold())


def _choice(row: dict[str, str]) -> Choice:
    return Choice(row["code"], pick({code: row[column("name", code)] for code in LANGUAGES}, current()))


def stems(text: str) -> frozenset[str]:
    """What the words of a text have in common with their other forms: their first letters, without signs."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
    return frozenset(word[:STEM] for word in _WORD.findall(plain))
