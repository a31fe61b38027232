"""Kept pages: shown from the cache for a minute, and forgotten at once when something is published."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from charter.models import Institution, Municipality
from tests.people import bob

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _kept(settings: Any) -> None:
    settings.PAGE_CACHE = True


@pytest.fixture
def city() -> Municipality:
    return Municipality.objects.create(name_lt="Klaipėda", short_name_lt="Uostas")


def home(client: Client) -> str:
    return client.get("/lt/").content.decode()


def test_a_page_without_a_session_is_kept_and_sets_no_cookie(city: Municipality, client: Client) -> None:
    answer = client.get("/lt/")

    assert answer["Cache-Control"] == "public, max-age=60"
    assert not answer.cookies


def test_what_is_published_is_seen_at_once(city: Municipality, client: Client) -> None:
    assert "Uostas" in home(client)
    setattr(city, "short_name_lt", "Jūra")  # noqa: B010  (modeltranslation adds it at run time)
    city.save()

    assert "Jūra" in home(client)


def test_what_was_taken_back_forgets_nothing(city: Municipality, client: Client) -> None:
    before = home(client)
    Municipality.objects.update(short_name_lt="Jūra")  # behind the signals' back: a kept page stays as it was
    with transaction.atomic():
        Institution.objects.create(code="kspc", name_lt="Centras", slug_lt="centras")
        transaction.set_rollback(True)

    assert home(client) == before


@pytest.mark.parametrize("is_cache_on", [True, False])
def test_what_a_signed_in_person_gets_is_kept_nowhere(
    city: Municipality, client: Client, settings: Any, is_cache_on: bool
) -> None:
    settings.PAGE_CACHE = is_cache_on
    client.force_login(bob())

    assert client.get("/lt/")["Cache-Control"] == "no-store"


def test_an_unknown_parameter_is_never_kept(city: Municipality, client: Client) -> None:
    assert "public" not in client.get("/lt/?x=1").headers.get("Cache-Control", "")


def test_how_a_reader_came_does_not_split_the_cache(city: Municipality, client: Client) -> None:
    home(client)
    Municipality.objects.update(short_name_lt="Jūra")

    assert "Uostas" in client.get("/lt/?from=search").content.decode()


def test_a_display_choice_has_its_own_copy(city: Municipality, client: Client) -> None:
    home(client)
    client.cookies["display"] = "150.usual"

    assert 'class="size-150"' in home(client)
