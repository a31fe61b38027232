"""survey_forms.yaml: questions to residents, as another town may ask them. They come in as drafts; people open them."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from django.utils.translation import override

from charter.feedback.models import Audience, Offered, Survey, SurveyState
from charter.feedback.surveys import checking, definition
from charter.feedback.surveys.definition import Definition
from portal.core import clock
from portal.core.languages import DEFAULT, LANGUAGES
from portal.core.models import AuditEntry, hash_of
from portal.demo.reading import Entry, Pack
from portal.demo.records import Record

FILE = "survey_forms.yaml"
DOCUMENT = ("title", "lead", "thanks", "sections")
POINTS_AT = ("service", "institution", "standard")
_PUBLIC_ID = re.compile(r"[A-Za-z0-9_-]{22}")


def read(pack: Pack) -> Iterator[Record]:
    if not pack.has(FILE):
        return
    for entry in pack.many(FILE):
        entry.knows("code", "written_in", "audience", "offered", "one_in", "goal", "area", *POINTS_AT, *DOCUMENT)
        yield _record(entry)


def _record(entry: Entry) -> Record:
    document = {name: entry.data[name] for name in DOCUMENT if name in entry.data}
    document["sections"] = entry.plain("sections")
    source = entry.may("written_in", str, DEFAULT)
    found = _definition(entry, document, source)
    said = hash_of(found.source_texts())
    return Record(
        Survey,
        entry.place,
        key={"public_id": public_id(entry.get("code", str))},
        values={
            "document": document,
            "source_language": source,
            "declared": {code: said for code in LANGUAGES if code != source and not found.missing(code)},
            "audience": entry.may("audience", str, Audience.EVERYBODY),
            "offered": entry.may("offered", str, Offered.NOWHERE),
            "one_in": entry.may("one_in", int, 1),
            "goal": entry.may("goal", int, 0) or None,
            "area": entry.may("area", str, ""),
        },
        once={"made_at": clock.now()},
        one={name: entry.data.get(name) for name in POINTS_AT},
    )


def _definition(entry: Entry, document: dict[str, Any], source: str) -> Definition:
    """What residents would be asked. Raises PackError for what is no survey."""
    if source not in LANGUAGES:
        raise entry.wrong("written_in", "is none of the four languages")
    try:
        found = definition.read(document, source=source)
        with override("en"):  # as everything a command says
            flaws = [f"{one.part}: {one.words}" if one.part else one.words for one in checking.flaws(found)]
    except (KeyError, TypeError, ValueError, AttributeError) as trouble:
        raise entry.wrong("sections", f"is no survey’s: {type(trouble).__name__} {trouble}") from trouble
    if not _are_words(document):
        raise entry.wrong("sections", "every text should say one text a language: lt, ru, en, uk")
    if flaws:
        raise entry.wrong("sections", " ".join(flaws))
    return found


def _are_words(data: Any) -> bool:
    """Whether everything that is said in a language is a text."""
    if isinstance(data, list):
        return all(_are_words(each) for each in data)
    if not isinstance(data, dict):
        return True
    if set(data) & set(LANGUAGES):
        return set(data) <= set(LANGUAGES) and all(isinstance(text, str) for text in data.values())
    return all(_are_words(each) for each in data.values())


def public_id(code: str) -> str:
    """The same survey in every town: its own id where the pack was written by a portal, else one made of its code."""
    if _PUBLIC_ID.fullmatch(code):
        return code
    return base64.urlsafe_b64encode(hashlib.sha256(code.encode()).digest()).decode()[:22]


def is_fixed(row: models.Model) -> bool:
    """Whether residents answer it or have answered: such a survey is never changed, only copied."""
    return isinstance(row, Survey) and row.state != SurveyState.DRAFT


def edited_by_people() -> Iterable[int]:
    """Keys of surveys that somebody here has begun, written, opened: the audit knows."""
    touched = AuditEntry.objects.filter(object_kind=Survey._meta.label_lower, actor__isnull=False)
    by_id = models.Q(public_id__in=touched.values("object_id"))
    return Survey.objects.filter(by_id | models.Q(by__isnull=False)).values_list("pk", flat=True)


def survey_list() -> list[dict[str, Any]]:
    """Every sound survey as an entry, without days, answers and whoever made it."""
    found = []
    for row in Survey.objects.select_related(*POINTS_AT).order_by("made_at", "pk"):
        if checking.flaws(definition.read(row.document, source=row.source_language)):
            continue
        found.append(
            {
                "code": row.public_id,
                **({"written_in": row.source_language} if row.source_language != DEFAULT else {}),
                "audience": row.audience,
                "offered": row.offered or None,
                "one_in": row.one_in,
                "goal": row.goal,
                "area": row.area or None,
                **{name: _code(getattr(row, name)) for name in POINTS_AT},
                **{name: row.document[name] for name in DOCUMENT if name in row.document},
            }
        )
    return found


def _code(row: Any) -> str | None:
    return None if row is None else str(row.code)
