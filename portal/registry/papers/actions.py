"""Document templates: uploaded and checked, published, and documents made from them in one press."""

from __future__ import annotations

import secrets
import shutil
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max

from portal.core import audit, clock, uploads
from portal.core.languages import FALLBACKS
from portal.registry.law import restricting
from portal.registry.models import DocumentKind, DocumentTemplate, Post, Produced, Programme, TemplateState
from portal.registry.papers import facts
from portal.registry.papers.filling import fill, refuse_pictures
from portal.registry.refusals import Refused

SECONDS = 60


class NoConverter(RuntimeError):
    """PDF of a DOCX can't be made on this machine: LibreOffice is not installed, or did not manage."""


@transaction.atomic
def upload(kind: str, language: str, file: UploadedFile[bytes], *, by: Post) -> DocumentTemplate:
    """Take a template in, if it can be filled for a sample person; else nothing is kept. Raises Refused."""
    try:
        kept = uploads.take_in(file)
    except uploads.Refused as wrong:
        raise Refused("file_is_refused", field="file", what=str(wrong)) from wrong
    try:
        if kept.kind != "docx":
            raise Refused("only_docx", field="file")
        if kind == DocumentKind.LETTER:
            refuse_pictures(uploads.folder() / kept.name)
        _content, fields = fill(uploads.folder() / kept.name, facts.SAMPLE, known=facts.SAMPLE)
    except Refused:
        uploads.forget([kept.name])
        raise
    last = DocumentTemplate.objects.filter(kind=kind, language=language).aggregate(last=Max("version"))["last"] or 0
    template = DocumentTemplate.objects.create(
        kind=kind,
        language=language,
        version=last + 1,
        kept_name=kept.name,
        fields=fields,
        uploaded_by=by.user,
        uploaded_at=clock.now(),
    )
    audit.record("registry.template_uploaded", template, by=by.user, document=kind, version=template.version)
    return template


@transaction.atomic
def publish(template: DocumentTemplate, *, by: Post) -> DocumentTemplate:
    """Use this version from now on; the one before is replaced. Raises Refused for one that is no draft."""
    template = DocumentTemplate.objects.select_for_update().get(pk=template.pk)
    if template.state != TemplateState.DRAFT:
        raise Refused("template_is_no_draft")
    same = DocumentTemplate.objects.filter(kind=template.kind, language=template.language)
    same.filter(state=TemplateState.PUBLISHED).update(state=TemplateState.RETIRED)
    template.state, template.published_at = TemplateState.PUBLISHED, clock.now()
    template.save(update_fields=["state", "published_at"])
    audit.record("registry.template_published", template, by=by.user, version=template.version)
    return template


def sample(template: DocumentTemplate) -> bytes:
    """The template filled for the made-up person."""
    content, _fields = fill(uploads.folder() / template.kept_name, facts.SAMPLE, known=facts.SAMPLE)
    return content


@transaction.atomic
def produce(programme: Programme, *, by: Post) -> list[Produced]:
    """One of each document that has a template in use, in the person's language where there is one. Raises Refused."""
    restricting.check(programme.recipient)
    if programme.is_draft:
        raise Refused("programme_is_no_paper_yet")
    templates = _in_use(programme.recipient.language)
    if not templates:
        raise Refused("no_templates")
    made = [_made(programme, template, by) for template in templates]
    audit.record("registry.documents_made", programme, by=by.user, numbers=[one.number for one in made])
    return made


def _in_use(language: str) -> list[DocumentTemplate]:
    found: dict[str, DocumentTemplate] = {}
    published = DocumentTemplate.objects.filter(state=TemplateState.PUBLISHED).exclude(kind=DocumentKind.LETTER)
    for template in sorted(published, key=lambda one: FALLBACKS[language].index(one.language)):
        found.setdefault(template.kind, template)
    return [found[kind] for kind in sorted(found)]


def _made(programme: Programme, template: DocumentTemplate, by: Post) -> Produced:
    """Numbers of one programme's documents follow each other; the programme is locked so that none comes twice."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    number = f"{programme.number}-{Produced.objects.filter(programme__number=programme.number).count() + 1}"
    data: dict[str, Any] = facts.of(programme, language=template.language) | {"number": number}
    content, _fields = fill(uploads.folder() / template.kept_name, data, known=facts.SAMPLE)
    name = f"{secrets.token_hex(16)}.docx"
    (uploads.folder() / name).write_bytes(content)
    made = Produced(
        number=number,
        template=template,
        recipient_id=programme.recipient_id,
        programme=programme,
        kept_name=name,
        made_by=by.user,
        made_at=clock.now(),
    )
    made.set_data(data)
    made.save()
    return made


@lru_cache(maxsize=1)
def converter() -> str:
    """Where LibreOffice is; empty where it is not installed. Asked once."""
    return shutil.which("soffice") or shutil.which("libreoffice") or ""


def as_pdf(kept_name: str) -> bytes:
    """A DOCX that is kept, as PDF. Raises NoConverter."""
    if not converter():
        raise NoConverter("soffice is not installed")
    with tempfile.TemporaryDirectory(prefix="parama-pdf-") as folder:
        source = Path(folder) / "document.docx"
        source.write_bytes((uploads.folder() / kept_name).read_bytes())
        home = f"-env:UserInstallation=file://{folder}/home"
        command = [converter(), "--headless", home, "--convert-to", "pdf", "--outdir", folder, str(source)]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)  # noqa: S603  (our own words)
            return source.with_suffix(".pdf").read_bytes()
        except (subprocess.SubprocessError, OSError) as wrong:
            raise NoConverter(str(wrong)[:200]) from wrong
