"""Document templates of the demonstration's department, written as a clerk would: plain Word files with fields."""

from __future__ import annotations

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from portal.registry.models import DocumentKind, DocumentTemplate, Post
from portal.registry.papers import actions

MARK = "Parodomasis dokumentas. Jis nieko neįpareigoja."
TEXTS = {
    DocumentKind.CONTRACT: (
        "Paslaugų teikimo sutartis Nr. {{ number }}",
        "{{ today }}",
        "{{ department }} ir {{ person.name }} (asmens kodas {{ person.code }}, adresas {{ person.address }}) "
        "susitaria:",
        "paslaugos teikiamos nuo {{ programme.since }} iki {{ programme.until }}, {{ programme.form }}, "
        "pagal individualią programą {{ programme.number }}.",
        "Mokestis: {{ programme.payment }} {{ programme.rule }}.",
        "{% if representative.name %}Gavėjo vardu veikia {{ representative.name }}.{% endif %}",
    ),
    DocumentKind.PROGRAMME: (
        "Individuali programa {{ programme.number }}, versija {{ programme.version }}",
        "{{ person.name }}, gim. {{ person.birth_date }}",
        "Galioja nuo {{ programme.since }} iki {{ programme.until }}. {{ programme.days }} {{ programme.hour }}.",
        "Socialinis darbuotojas: {{ programme.worker }}",
    ),
    DocumentKind.NOTICE: (
        "Pranešimas apie sprendimą Nr. {{ number }}",
        "{{ person.name }}, {{ person.address }}",
        "Pagal prašymą {{ case.number }} {{ case.decided_on }} priimtas sprendimas teikti jums paslaugas "
        "nuo {{ programme.since }}. Pas jus lankysis {{ programme.worker }}.",
    ),
}


LETTERS = {
    "lt": ("Laiškas Nr. {{ number }}", "{{ person.name }}, {{ person.address }}", "Laba diena! Artėja terminas:",
           "Paskambinkite mums arba ateikite. Jūsų socialinis darbuotojas: {{ programme.worker }}"),
    "ru": ("Письмо № {{ number }}", "{{ person.name }}, {{ person.address }}", "Здравствуйте! Наступает срок:",
           "Позвоните нам или приходите. Ваш социальный работник: {{ programme.worker }}"),
    "uk": ("Лист № {{ number }}", "{{ person.name }}, {{ person.address }}", "Доброго дня! Настає термін:",
           "Зателефонуйте нам або приходьте. Ваш соціальний працівник: {{ programme.worker }}"),
}  # fmt: skip


def put_to_use(clerk: Post) -> None:
    """Send each template in and use it, as from the clerk's own screen."""
    for kind, lines in TEXTS.items():
        if not DocumentTemplate.objects.filter(kind=kind, language="lt").exists():
            file = SimpleUploadedFile(f"{kind}.docx", _docx(lines, has_services=kind != DocumentKind.NOTICE))
            actions.publish(actions.upload(kind, "lt", file, by=clerk), by=clerk)

    for language, (title, to, words, end) in LETTERS.items():
        if not DocumentTemplate.objects.filter(kind=DocumentKind.LETTER, language=language).exists():
            loop = ("{%p for one in due %}", "{{ one.what }} – {{ one.day }}", "{%p endfor %}")
            file = SimpleUploadedFile("letter.docx", _docx((title, to, words, *loop, end), has_services=False))
            actions.publish(actions.upload(DocumentKind.LETTER, language, file, by=clerk), by=clerk)


def _docx(lines: tuple[str, ...], *, has_services: bool) -> bytes:
    document = Document()
    document.core_properties.author, document.core_properties.comments = "Parama", ""
    document.add_heading(lines[0], level=1)
    for line in lines[1:]:
        document.add_paragraph(line)
    if has_services:
        table = document.add_table(rows=4, cols=4)
        for place, title in enumerate(("Paslauga", "Kartai", "Minutės", "Kaina")):
            table.cell(0, place).text = title
        table.cell(1, 0).text = "{%tr for service in services %}"
        fields = ("name", "times", "minutes", "price")
        for place, field in enumerate(fields):
            table.cell(2, place).text = "{{ service." + field + " }}"
        table.cell(2, 1).text = "{{ service.times }} × {{ service.per }}"
        table.cell(3, 0).text = "{%tr endfor %}"
    document.add_paragraph(MARK)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
