"""A new site has a first page by itself, so that an editor can begin."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page, Site

from portal.core.languages import LANGUAGES
from portal.pages.first_page import make_first_page
from portal.pages.models import HomePage, InformationPage, NewsList
from tests.people import carol

pytestmark = pytest.mark.django_db


def test_migrating_an_empty_site_makes_it() -> None:
    NewsList.objects.all().delete()
    for page in Page.objects.filter(depth=2):
        page.delete()

    call_command("migrate", verbosity=0)

    home = HomePage.objects.get()
    assert Site.objects.get(is_default_site=True).root_page_id == home.pk
    assert [type(page.specific) for page in home.get_children()] == [NewsList]


def test_it_takes_the_place_of_wagtails_welcome() -> None:
    NewsList.objects.all().delete()
    HomePage.objects.all().delete()
    root = Page.objects.get(depth=1)
    welcome = root.add_child(instance=Page(title="Welcome to your new Wagtail site!", slug="welcome"))
    Site.objects.all().delete()
    Site.objects.create(hostname="parama.example", is_default_site=True, root_page=welcome)

    home = make_first_page()

    assert not Page.objects.filter(pk=welcome.pk).exists()
    assert Site.objects.get().root_page_id == home.pk
    assert Site.objects.get().hostname == "parama.example"


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_every_language(language: str) -> None:
    home: Any = make_first_page()

    assert f"<h1>{getattr(home, f'heading_{language}')}</h1>" in Client().get(f"/{language}/").content.decode()


def test_migrating_again_leaves_what_an_editor_wrote() -> None:
    home: Any = make_first_page()
    home.heading_lt = "Labas"
    home.save_revision(user=carol()).publish()

    call_command("migrate", verbosity=0)

    assert HomePage.objects.values_list("heading_lt", flat=True).get() == "Labas"


def test_an_editor_adds_the_first_pages_below_it(client: Client) -> None:
    home = make_first_page()
    client.force_login(carol())

    for model in (InformationPage, "easypage"):
        name = model if isinstance(model, str) else model._meta.model_name
        assert client.get(f"/cms/pages/add/pages/{name}/{home.pk}/").status_code == 200
