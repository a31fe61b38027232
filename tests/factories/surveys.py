"""A survey of two sections with a branch, ready in Lithuanian and English."""

from __future__ import annotations

import datetime as dt
from typing import Any

from charter.feedback.models import Survey, SurveyAnswer, SurveyResponse, SurveyState
from charter.feedback.surveys.languages import source_hash
from portal.core import clock


def said(lt: str, en: str = "", **more: str) -> dict[str, str]:
    return {"lt": lt, "en": en or lt, **more}


def document(**fields: Any) -> dict[str, Any]:
    """How was it (required), by which office (groups), what went badly (only after a low mark), own words."""
    first = [
        {"code": "how", "kind": "faces", "text": said("Kaip sekėsi?", "How was it?"), "is_required": True},
        {
            "code": "bad",
            "kind": "multiple",
            "text": said("Kas buvo blogai?", "What was bad?"),
            "is_required": True,
            "options": [
                {"code": "wait", "text": said("Laukimas", "The wait")},
                {"code": "words", "text": said("Žodžiai", "The words")},
            ],
            "show_if": {"question": "how", "values": ["1", "2"]},
        },
        {
            "code": "where",
            "kind": "single",
            "text": said("Kur?", "Where?"),
            "is_group": True,
            "options": [
                {"code": "centre", "text": said("Centre", "At the centre")},
                {"code": "home", "text": said("Namuose", "At home")},
            ],
        },
    ]
    second = [
        {"code": "ease", "kind": "scale7", "text": said("Ar buvo lengva?", "Was it easy?")},
        {"code": "words", "kind": "text", "text": said("Jūsų žodžiais", "In your words"), "area": "communication"},
    ]
    return {
        "title": said("Apklausa", "A survey"),
        "lead": said("Trumpai", "In short"),
        "thanks": said("Ačiū!", "Thanks!"),
        "sections": [
            {"code": "first", "title": said("Pirma dalis", "First part"), "questions": first},
            {"code": "second", "title": said("Antra dalis", "Second part"), "questions": second},
        ],
        **fields,
    }


def survey(**fields: Any) -> Survey:
    """Open from yesterday for a month, unless said otherwise."""
    today = clock.today()
    given: dict[str, Any] = {
        "document": document(),
        "state": SurveyState.OPEN,
        "opens_on": today - dt.timedelta(days=1),
        "closes_on": today + dt.timedelta(days=30),
        "made_at": clock.now(),
    }
    made = Survey(**given | fields)
    if "declared" not in fields:
        made.declared = {"en": source_hash(made)}
    made.save()
    return made


def answered(of: Survey, times: int = 1, *, day: dt.date | None = None, language: str = "en", **values: Any) -> None:
    """So many sheets with these answers."""
    for _each in range(times):
        sheet = SurveyResponse.objects.create(survey=of, day=day or clock.today(), language=language)
        for question, given in values.items():
            for value in given if isinstance(given, list) else [given]:
                kept = {"text": value} if question == "words" else {"value": str(value)}
                SurveyAnswer.objects.create(response=sheet, question=question, **kept)
