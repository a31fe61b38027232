"""An editor writes pages in four languages, previews each, publishes – and residents see it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override
from wagtail.models import Page

from portal.core.languages import LANGUAGES
from portal.pages.models import HomePage, InformationPage, NewsItem, NewsList
from tests.people import carol, dan

pytestmark = pytest.mark.usefixtures("town")


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(carol())
    return client


def form_of(page: Any, **changes: str) -> dict[str, Any]:
    """What the editing screen of a page would send."""
    form = page.get_edit_handler().get_form_class()(instance=page, for_user=carol())
    data = {name: form[name].value() for name in form.fields}
    data = {name: value for name, value in data.items() if value is not None and value is not False}
    for name, value in data.items():
        if name.startswith("body_") and not str(value).startswith("{"):
            data[name] = form.fields[name].widget.format_value(value)
    return {**data, "sources": "[]", **changes, "action-publish": "1"}


def edit(client: Client, page: Page, **changes: str) -> Any:
    return client.post(f"/cms/pages/{page.pk}/edit/", form_of(page, **changes))


def test_an_editor_sees_a_tab_for_each_language(editor: Client) -> None:
    page = InformationPage.objects.get(role="about")
    html = editor.get(f"/cms/pages/{page.pk}/edit/").content.decode()

    assert all(f'name="heading_{code}"' in html for code in LANGUAGES)


def test_what_is_published_is_read_at_its_own_address(editor: Client, client: Client) -> None:
    answer = edit(editor, InformationPage.objects.get(role="about"), heading_en="Who we are")

    assert answer.status_code == 302
    assert "Who we are" in Client().get("/en/about/").content.decode()


def test_saving_without_a_change_makes_no_translation_old(editor: Client) -> None:
    edit(editor, InformationPage.objects.get(role="about"))

    assert not InformationPage.objects.get(role="about").outdated_languages()


def test_links_to_entries_of_ours_outlive_the_editor(editor: Client) -> None:
    edit(editor, InformationPage.objects.get(role="about"))

    assert 'href="page:charter"' in InformationPage.objects.values_list("body_lt", flat=True).get(role="about")


def test_a_page_chosen_in_the_tree_is_linked_by_its_own_address(town: None) -> None:
    privacy = InformationPage.objects.get(role="privacy")
    page = InformationPage.objects.get(role="about")
    setattr(page, "body_en", f'<p><a id="{privacy.pk}" linktype="page">Privacy</a></p>')  # noqa: B010
    page.save()

    assert '<a href="/en/privacy/">Privacy</a>' in Client().get("/en/about/").content.decode()


def test_a_changed_source_makes_its_translations_old(editor: Client) -> None:
    edit(editor, InformationPage.objects.get(role="about"), introduction_lt="Visai kitaip.")

    assert InformationPage.objects.get(role="about").outdated_languages() == ["ru", "en", "uk"]
    assert "The original text has changed" in Client().get("/en/about/").content.decode()


def test_a_translation_changed_together_with_its_source_is_current(editor: Client) -> None:
    page = InformationPage.objects.get(role="about")
    edit(editor, page, introduction_lt="Visai kitaip.", introduction_en="Quite different.")

    assert InformationPage.objects.get(role="about").outdated_languages() == ["ru", "uk"]


def test_the_editors_label_follows_the_heading(editor: Client) -> None:
    page = InformationPage.objects.get(role="about")
    edit(editor, page, heading_lt="Kas mes")

    assert Page.objects.get(pk=page.pk).title == "Kas mes"


def test_a_translation_taken_back_falls_back_visibly(editor: Client) -> None:
    data = form_of(InformationPage.objects.get(role="about"))
    data.pop("is_current_uk")
    editor.post(f"/cms/pages/{InformationPage.objects.get(role='about').pk}/edit/", data)
    html = Client().get("/uk/about/").content.decode()

    assert '<span lang="lt">Apie portalą</span>' in html
    assert 'class="notice' in html


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("model", [HomePage, InformationPage, NewsList, NewsItem])
def test_every_kind_is_previewed_in_every_language(editor: Client, model: type[Any], language: str) -> None:
    page = model.objects.first()
    url = f"/cms/pages/{page.pk}/edit/preview/"
    assert editor.post(url, form_of(page)).json()["is_valid"]
    answer = editor.get(url, {"mode": language})

    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.content.decode()
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]


def test_an_editor_adds_a_page_of_their_own(editor: Client) -> None:
    home = HomePage.objects.get()
    new = InformationPage(heading_lt="Savanoriai", word_lt="savanoriai", source_language="lt")
    new.heading_lt = "Savanoriai"
    data = form_of(new, heading_lt="Savanoriai", word_lt="savanoriai", source_language="lt")
    answer = editor.post(f"/cms/pages/add/pages/informationpage/{home.pk}/", data)

    assert answer.status_code == 302, answer.context["form"].errors
    assert "Savanoriai" in Client().get("/lt/info/savanoriai/").content.decode()


def test_a_page_without_an_address_word_is_refused(editor: Client) -> None:
    home = HomePage.objects.get()
    data = form_of(InformationPage(source_language="lt"), heading_lt="Savanoriai")
    answer = editor.post(f"/cms/pages/add/pages/informationpage/{home.pk}/", data)

    assert "word_lt" in answer.context["form"].errors


def test_a_script_in_a_text_never_reaches_a_reader(town: None) -> None:
    page = InformationPage.objects.get(role="about")
    page.body_lt = '<p onclick="x()">Labas</p><script>alert(1)</script>'
    page.save()
    html = Client().get("/lt/about/").content.decode()

    assert "alert(1)" not in html
    assert "onclick" not in html


def test_a_draft_is_nobodys_business(town: None) -> None:
    page = InformationPage.objects.get(role="about")
    page.heading_lt = "Juodraštis"
    page.save_revision()

    assert "Juodraštis" not in Client().get("/lt/about/").content.decode()


def test_an_unpublished_page_says_it_is_being_written(town: None) -> None:
    InformationPage.objects.get(role="about").unpublish()

    assert "This text is being written" in Client().get("/en/about/").content.decode()


def test_an_address_of_the_tree_leads_to_ours(town: None) -> None:
    page = InformationPage.objects.get(role="privacy")

    assert Client().get(f"/ru/tree/{page.slug}/")["Location"] == "/ru/privacy/"
    with override("en"):
        assert page.get_url() == "/en/privacy/"


def test_dan_the_stranger_edits_nothing(client: Client) -> None:
    client.force_login(dan())
    page = InformationPage.objects.get(role="about")

    assert client.get(f"/cms/pages/{page.pk}/edit/").status_code in {302, 403}
