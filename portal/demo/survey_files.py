"""A survey as an entry of a pack: its questions and how it is asked – never when, to whom, or what was answered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from charter.feedback.models import Audience, Offered, Survey
from charter.feedback.surveys import definition
from charter.feedback.surveys.definition import Standing
from charter.feedback.surveys.languages import source_hash, standings
from charter.models import Area
from portal.core import clock
from portal.core.languages import LANGUAGES
from portal.demo.reading import Entry

KEYS = ("document", "written_in", "languages", "audience", "offered", "one_in", "goal", "area", "standard")
_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
LONGEST = 4000
MOST = 200


def entry_of(survey: Survey) -> dict[str, Any]:
    """What another town needs to ask the same."""
    ready = [code for code, standing in standings(survey).items() if standing is Standing.CURRENT]
    return {
        "document": survey.document,
        "written_in": survey.source_language,
        "languages": ready,
        "audience": survey.audience,
        "offered": survey.offered or None,
        "one_in": survey.one_in,
        "goal": survey.goal,
        "area": survey.area or None,
        "standard": survey.standard.code if survey.standard else None,
    }


def draft_of(entry: Entry) -> Survey:
    """A draft, not saved, without its standard. Raises PackError for what is no survey."""
    entry.knows(*KEYS)
    document = entry.get("document", dict)
    _check(entry, document)
    survey = Survey(
        document=document,
        source_language=_one_of(entry, "written_in", LANGUAGES, "lt"),
        audience=_one_of(entry, "audience", Audience.values, Audience.EVERYBODY),
        offered=_one_of(entry, "offered", Offered.values, Offered.NOWHERE),
        one_in=max(1, min(entry.may("one_in", int, 1), 10_000)),
        goal=entry.may("goal", int, 0) or None,
        area=_one_of(entry, "area", Area.values, ""),
        made_at=clock.now(),
    )
    languages = [code for code in entry.codes("languages") if code in LANGUAGES and code != survey.source_language]
    survey.declared = {code: source_hash(survey) for code in languages}
    return survey


def _one_of(entry: Entry, key: str, known: Any, otherwise: str) -> str:
    value = entry.may(key, str, otherwise)
    if value and value not in known:
        raise entry.wrong(key, f"{value!r} is none of: {', '.join(each for each in known if each)}")
    return value


def _check(entry: Entry, document: Mapping[str, Any]) -> None:
    """Our own editor never makes what is wrong here; a file from elsewhere may."""
    try:
        found = definition.read(document, source="lt")
        codes = [section.code for section in found.sections] + [question.code for question in found.questions]
        options = [option.code for question in found.questions for option in question.options]
        texts = [text for _place, said in found.texts() for text in said.values()]
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise entry.wrong("document", f"is no survey ({type(error).__name__}: {error})") from error
    if not found.questions or len(codes) > MOST or len(options) > MOST * 5:
        raise entry.wrong("document", "has no question, or far too many")
    if len(set(codes)) != len(codes):
        raise entry.wrong("document", "uses a code twice")
    for code in (*codes, *options):
        if not isinstance(code, str) or not _CODE.fullmatch(code):
            raise entry.wrong("document", f"{code!r} is no code: small letters, digits, hyphens")
    if any(len(text) > LONGEST for text in texts):
        raise entry.wrong("document", f"has a text of more than {LONGEST} signs")


def asks_the_same(survey: Survey) -> Iterator[Survey]:
    """Surveys here with the same questions, word by word."""
    for here in Survey.objects.filter(source_language=survey.source_language).only("document"):
        if here.document == survey.document:
            yield here
