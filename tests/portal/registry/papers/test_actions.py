"""A template is checked before it is kept; what is made from it is kept with the data it came from."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portal.core import uploads
from portal.core.models import AuditEntry
from portal.registry.models import DocumentTemplate, Post, Produced, Programme, TemplateState
from portal.registry.papers import actions
from portal.registry.refusals import Refused
from tests.portal.registry.conftest import post
from tests.portal.registry.papers.files import GOOD, docx, text_of, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def in_use(by: Post, kind: str = "contract", language: str = "ru", **parts: Any) -> DocumentTemplate:
    return actions.publish(actions.upload(kind, language, upload(docx(*GOOD, **parts)), by=by), by=by)


def test_a_good_template_says_which_fields_it_uses(clara: Post) -> None:
    template = actions.upload("contract", "lt", upload(docx(*GOOD, rows=True)), by=clara)
    assert {"person.name", "services", "services.minutes"} <= set(template.fields)
    assert "Pavyzdienė Ona" in text_of(actions.sample(template))
    assert "Asmens higiena" in text_of(actions.sample(template))


@pytest.mark.parametrize(
    "parts",
    [
        {"lines": ["{{ person.shoe_size }}"]},
        {"lines": ["{% for service in services %}{{ service.colour }}{% endfor %}"]},
        {"lines": ["{% if person.married %}x{% endif %}"]},
        {"lines": ["{% for one in people %}x{% endfor %}"]},
        {"footer": "{{ mayor }}"},
        {"title": "{{ mayor }}"},
    ],
)
def test_a_field_nobody_knows_is_refused_by_its_name(clara: Post, parts: dict[str, Any]) -> None:
    lines = parts.pop("lines", [])
    with pytest.raises(Refused, match="unknown_field") as refused:
        actions.upload("contract", "lt", upload(docx(*lines, **parts)), by=clara)
    name = next(
        name for name in ("shoe_size", "colour", "married", "people", "mayor") if name in refused.value.sentence
    )
    assert name
    assert not DocumentTemplate.objects.exists()
    assert list(uploads.folder().iterdir()) == []


@pytest.mark.parametrize(
    "text",
    [
        "{{ person.__class__ }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ person.name.upper() }}",
        "{{ person['name'] }}",
        "{{ person.name|length }}",
        "{% set x = 1 %}",
        "{% for n in range(99999999) %}{% endfor %}",
        "{{ 9 ** 999999 }}",
        "{% include 'settings.py' %}",
    ],
)
def test_a_template_does_nothing_but_fill_fields(clara: Post, text: str) -> None:
    with pytest.raises(Refused, match=r"template_does_too_much|unknown_field|template_is_broken"):
        actions.upload("contract", "lt", upload(docx(text)), by=clara)


def test_broken_braces_and_other_files_are_refused(clara: Post) -> None:
    with pytest.raises(Refused, match="template_is_broken"):
        actions.upload("contract", "lt", upload(docx("{% for service in services %}")), by=clara)
    with pytest.raises(Refused, match="only_docx"):
        actions.upload("contract", "lt", SimpleUploadedFile("x.docx", b"%PDF-1.4 x"), by=clara)
    with pytest.raises(Refused, match="file_is_refused"):
        actions.upload("contract", "lt", SimpleUploadedFile("x.docx", b"hello"), by=clara)


def test_one_version_is_in_use(clara: Post) -> None:
    first, second = in_use(clara), in_use(clara)
    first.refresh_from_db()
    assert (first.version, first.state) == (1, TemplateState.RETIRED)
    assert (second.version, second.state) == (2, TemplateState.PUBLISHED)
    with pytest.raises(Refused, match="template_is_no_draft"):
        actions.publish(first, by=clara)


def test_all_documents_come_in_one_press_numbered_and_in_the_persons_language(
    programme: Programme, clara: Post
) -> None:
    for kind, language in (("contract", "lt"), ("contract", "ru"), ("notice", "lt")):
        in_use(clara, kind, language)
    made = actions.produce(programme, by=clara)
    assert [(one.template.kind, one.template.language) for one in made] == [("contract", "ru"), ("notice", "lt")]
    assert [one.number for one in made] == [f"{programme.number}-1", f"{programme.number}-2"]
    text = text_of((uploads.folder() / made[0].kept_name).read_bytes())
    assert "Alice, 44001010001" in text
    assert "01.10.2026 – 31.03.2027" in text  # Alice reads Russian
    assert actions.produce(programme, by=clara)[0].number == f"{programme.number}-3"


def test_the_data_is_kept_encrypted_with_the_document(programme: Programme, clara: Post) -> None:
    in_use(clara)
    made = actions.produce(programme, by=clara)[0]
    assert "44001010001" not in made.data_encrypted
    assert Produced.objects.get().data["person"]["code"] == "44001010001"


def test_words_of_a_person_never_become_a_field(programme: Programme, clara: Post) -> None:
    in_use(clara)
    programme.recipient.name = "{{ person.code }} <b>&"
    made = actions.produce(programme, by=clara)[0]
    assert "{{ person.code }} <b>&, 44001010001" in text_of((uploads.folder() / made.kept_name).read_bytes())


def test_nothing_is_made_without_a_template_or_a_signature(programme: Programme, clara: Post) -> None:
    with pytest.raises(Refused, match="no_templates"):
        actions.produce(programme, by=clara)
    programme.state = "draft"
    with pytest.raises(Refused, match="programme_is_no_paper_yet"):
        actions.produce(programme, by=clara)


def test_where_libreoffice_is_missing_the_page_says_so(
    at: Callable[[Post], Client], programme: Programme, clara: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "converter", lambda: "")
    in_use(clara)
    made = actions.produce(programme, by=clara)[0]
    browser = at(clara)
    answer = browser.get(f"/en/registry/produced/{made.pk}.pdf", follow=True)
    assert "LibreOffice is not installed" in answer.content.decode()
    taken = browser.get(f"/en/registry/produced/{made.pk}.docx")
    assert b"".join(taken).startswith(b"PK")
    assert AuditEntry.objects.filter(action="registry.document_opened").count() == 1


def test_the_screens_take_a_template_and_make_the_documents(
    at: Callable[[Post], Client], programme: Programme, clara: Post, daiva: Post
) -> None:
    browser, templates = at(clara), "/en/registry/templates/"
    fields = {"kind": "contract", "language": "lt"}
    bad = browser.post(templates, {**fields, "file": upload(docx("{{ mayor }}"))}).content.decode()
    assert "The template names fields that do not exist: mayor." in bad
    browser.post(templates, {**fields, "file": upload(docx(*GOOD))})
    template = DocumentTemplate.objects.get()
    assert b"".join(browser.get(f"{templates}{template.pk}/sample.docx")).startswith(b"PK")
    browser.post(f"{templates}{template.pk}/publish/")
    assert at(daiva).get(templates).status_code == 403
    page = at(daiva).post(f"/en/registry/programmes/{programme.pk}/produce/", follow=True).content.decode()
    assert f"{programme.number}-1" in page


def test_another_departments_document_is_not_there(
    at: Callable[[Post], Client], programme: Programme, clara: Post
) -> None:
    in_use(clara)
    made = actions.produce(programme, by=clara)[0]
    stranger = at(post("Dan", "head", "Vaiko gerovės centras"))
    assert stranger.get(f"/en/registry/produced/{made.pk}.docx").status_code == 404
    assert stranger.post(f"/en/registry/programmes/{programme.pk}/produce/").status_code == 404
