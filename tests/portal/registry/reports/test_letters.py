"""Letters about what is due: each in the person's language, all of a month in one document."""

import datetime as dt
import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document

from portal.core import uploads
from portal.registry.models import LetterRun, Post, Programme, Recipient
from portal.registry.papers import actions as papers
from portal.registry.refusals import Refused
from portal.registry.reports import letters
from tests.portal.registry.conftest import CENTRE, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
At = Callable[[Post], Client]
DECEMBER = dt.date(2026, 12, 1)


def template(clara: Post, language: str, greeting: str) -> None:
    document = Document()
    document.add_paragraph(greeting + " {{ person.name }}, {{ number }}")
    document.add_paragraph("{%p for one in due %}")
    document.add_paragraph("{{ one.what }} – {{ one.day }}")
    document.add_paragraph("{%p endfor %}")
    out = io.BytesIO()
    document.save(out)
    file = SimpleUploadedFile("letter.docx", out.getvalue())
    papers.publish(papers.upload("letter", language, file, by=clara), by=clara)


def person(name: str, language: str, *days: int) -> Recipient:
    made = Recipient.objects.create(name=name, language=language, department=CENTRE)
    for day in days:
        made.papers.create(kind="health", expires_on=dt.date(2026, 12, day))
    return made


def text_of(run: LetterRun) -> list[str]:
    content = uploads.folder().joinpath(run.kept_name).read_bytes()
    return [paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs if paragraph.text.strip()]


def test_everybody_has_one_letter_in_their_language(clara: Post) -> None:
    template(clara, "lt", "Laba diena,")
    template(clara, "ru", "Здравствуйте,")
    person("Anna", "ru", 9, 10)
    person("Birutė", "lt", 11)
    person("Zita", "lt")
    run = letters.make(CENTRE, DECEMBER, by=clara)
    said = text_of(run)
    assert run.letters == 2
    assert said[0] == "Здравствуйте, Anna, 2026-12/1"
    assert said[3] == "Laba diena, Birutė, 2026-12/2"
    assert len(said) == 5
    assert [letter["person"]["name"] for letter in run.data] == ["Anna", "Birutė"]


def test_who_has_no_template_in_their_language_gets_the_nearest(clara: Post) -> None:
    template(clara, "lt", "Laba diena,")
    person("Halyna", "uk", 9)
    assert text_of(letters.make(CENTRE, DECEMBER, by=clara))[0].startswith("Laba diena, Halyna")


def test_each_letter_begins_on_a_page_of_its_own(clara: Post) -> None:
    template(clara, "lt", "Laba diena,")
    for name in ("A", "B", "C"):
        person(name, "lt", 9)
    run = letters.make(CENTRE, DECEMBER, by=clara)
    content = uploads.folder().joinpath(run.kept_name).read_bytes()
    assert Document(io.BytesIO(content)).element.xml.count('w:br w:type="page"') == 2


def test_a_name_is_a_name_and_nothing_else(clara: Post) -> None:
    template(clara, "lt", "Laba diena,")
    person("<w:p/> & {{ number }}", "lt", 9)
    assert "<w:p/> & {{ number }}" in text_of(letters.make(CENTRE, DECEMBER, by=clara))[0]


def test_without_template_or_cause_nothing_is_made(clara: Post) -> None:
    with pytest.raises(Refused, match="no_letter_template"):
        letters.make(CENTRE, DECEMBER, by=clara)
    template(clara, "lt", "Laba diena,")
    with pytest.raises(Refused, match="no_letters"):
        letters.make(CENTRE, DECEMBER, by=clara)


def test_a_letter_template_with_an_unknown_field_is_refused(clara: Post) -> None:
    with pytest.raises(Refused, match="unknown_field"):
        template(clara, "lt", "{{ person.horoscope }}")


def test_a_letter_is_no_document_of_a_programme(clara: Post, programme: Programme) -> None:
    template(clara, "lt", "Laba diena,")
    with pytest.raises(Refused, match="no_templates"):
        papers.produce(programme, by=clara)


def test_a_clerk_makes_them_on_the_page_and_neighbours_do_not_see_them(
    at: At, clara: Post, programme: Programme
) -> None:
    template(clara, "lt", "Laba diena,")
    person("Anna", "ru", 9)
    browser = at(clara)
    sent = {"department": CENTRE, "first": "2026-12"}
    assert "The letters are made: 1." in browser.post("/en/registry/letters/", sent, follow=True).content.decode()
    run = LetterRun.objects.get()
    assert b"".join(browser.get(f"/en/registry/letters/{run.pk}.docx")).startswith(b"PK")
    stranger = at(post("Dan", "head", "Kitas"))
    assert stranger.get(f"/en/registry/letters/{run.pk}.docx").status_code == 404
    assert stranger.post("/en/registry/letters/", sent).status_code == 404
    assert browser.post("/en/registry/letters/", sent | {"first": "1999-01"}).status_code == 404
    html = browser.post("/en/registry/letters/", sent | {"first": "2026-11"}).content.decode()
    assert "Nothing falls due in 2026-11" in html
