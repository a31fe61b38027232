"""DOCX files as a clerk writes them."""

from __future__ import annotations

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

GOOD = ("No {{ number }}", "{{ person.name }}, {{ person.code }}", "{{ programme.since }} – {{ programme.until }}")


def docx(*lines: str, title: str = "", footer: str = "", rows: bool = False) -> bytes:
    """A document with these paragraphs; `rows`: a table that repeats its row for each service."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    if rows:
        table = document.add_table(rows=3, cols=2)
        table.cell(0, 0).text = "{%tr for service in services %}"
        table.cell(1, 0).text, table.cell(1, 1).text = "{{ service.name }}", "{{ service.minutes }}"
        table.cell(2, 0).text = "{%tr endfor %}"
    document.core_properties.title = title
    document.sections[0].footer.paragraphs[0].text = footer
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def upload(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("template.docx", content)


def text_of(content: bytes) -> str:
    """What a document says, tables included."""
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
