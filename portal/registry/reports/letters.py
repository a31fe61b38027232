"""Letters about what is due: a clerk's DOCX in each person's language, all of a month in one document.

Only the body of a template is repeated; headers and footers are those of the first. Each template is read once, so a
letter costs a rendering of its text and no more.
"""

from __future__ import annotations

import copy
import datetime as dt
import io
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import override
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docxtpl import DocxTemplate

from portal.core import audit, clock, uploads
from portal.core.languages import FALLBACKS
from portal.core.templatetags.parama import in_figures
from portal.registry import access
from portal.registry.models import DocumentKind, DocumentTemplate, LetterRun, Post, Recipient, TemplateState
from portal.registry.months.prices import next_month
from portal.registry.papers import facts
from portal.registry.papers.filling import fields_of
from portal.registry.refusals import Refused
from portal.registry.reports.due import Due, due_between

DAY = dt.timedelta(days=1)
BREAK = (
    '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:r><w:br w:type="page"/></w:r></w:p>'
)


@transaction.atomic
def make(department: str, first: dt.date, *, by: Post) -> LetterRun:
    """Everybody's letter of a month: one a person, with all that is due. Raises Refused without a template or cause."""
    templates = _templates()
    if not templates:
        raise Refused("no_letter_template")
    found = due_between(access.people(by).filter(department=department), first, next_month(first) - DAY)
    by_person: dict[int, list[Due]] = {}
    for one in found:
        by_person.setdefault(one.recipient, []).append(one)
    if not by_person:
        raise Refused("no_letters", month=f"{first:%Y-%m}")
    letters = list(_letters(department, first, by_person))
    run = LetterRun(
        department=department,
        first=first,
        letters=len(letters),
        kept_name=f"{secrets.token_hex(16)}.docx",
        made_by=by.user,
        made_at=clock.now(),
    )
    run.set_data([data for _language, data in letters])
    (uploads.folder() / run.kept_name).write_bytes(joined(letters, templates))
    run.save()
    audit.record("registry.letters_made", run, by=by.user, letters=run.letters)
    return run


def joined(letters: Iterable[tuple[str, Mapping[str, Any]]], templates: Mapping[str, DocumentTemplate]) -> bytes:
    """One document: the letters in their order, each on a page of its own."""
    sources: dict[str, _Source] = {}
    whole: Any = None
    for language, data in letters:
        template = _nearest(language, templates)
        source = sources.setdefault(template.language, _Source(template))
        if whole is None:
            whole = Document(str(uploads.folder() / template.kept_name))
            body = whole.element.body
            for child in [one for one in body if one.tag != qn("w:sectPr")]:
                body.remove(child)
            end = body.find(qn("w:sectPr"))
        else:
            _put(body, end, parse_xml(BREAK))
        for child in source.letter(data):
            _put(body, end, child)
    out = io.BytesIO()
    whole.save(out)
    return out.getvalue()


class _Source:
    """A template read once, to be filled many times."""

    def __init__(self, template: DocumentTemplate) -> None:
        self.language = template.language
        docx = DocxTemplate(str(uploads.folder() / template.kept_name))
        docx.init_docx()
        self.template = fields_of(facts.SAMPLE).from_string(docx.patch_xml(docx.get_xml()))

    def letter(self, data: Mapping[str, Any]) -> list[Any]:
        """The paragraphs and tables of one letter."""
        body = parse_xml(self.template.render(dict(data)).encode())
        return [copy.deepcopy(child) for child in body if child.tag != qn("w:sectPr")]


def _put(body: Any, end: Any, child: Any) -> None:
    if end is None:
        body.append(child)
    else:
        end.addprevious(child)


def _templates() -> dict[str, DocumentTemplate]:
    published = DocumentTemplate.objects.filter(kind=DocumentKind.LETTER, state=TemplateState.PUBLISHED)
    return {template.language: template for template in published}


def _nearest(language: str, templates: Mapping[str, DocumentTemplate]) -> DocumentTemplate:
    return next(templates[code] for code in FALLBACKS[language] if code in templates)


def _letters(
    department: str, first: dt.date, by_person: Mapping[int, list[Due]]
) -> Iterable[tuple[str, dict[str, Any]]]:
    """(language, what it is filled with), by name."""
    people = Recipient.objects.filter(pk__in=by_person).select_related("worker__user").order_by("name_key", "pk")
    for number, person in enumerate(people, 1):
        with override(person.language):
            yield (
                person.language,
                facts.of_person(person, department=department)
                | {
                    "number": f"{first:%Y-%m}/{number}",
                    "due": [{"what": str(one.said), "day": in_figures(one.act_by)} for one in by_person[person.pk]],
                },
            )
