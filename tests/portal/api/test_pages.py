"""Whoever writes programs reads here what they may ask for, without a request to anybody else."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from portal.api.downloads import Made
from portal.api.v1 import api
from portal.core.languages import LANGUAGES

pytestmark = pytest.mark.usefixtures("town", "shelf")


def page(language: str, path: str = "open-data/api/") -> str:
    answer = Client().get(f"/{language}/{path}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_address_of_the_api_is_described(language: str) -> None:
    html = page(language)

    for path in api.get_openapi_schema(path_prefix="/api/v1/")["paths"]:
        assert f"<code>{path}</code>" in html


def test_every_shape_an_address_names_is_described_below() -> None:
    html = page("en")
    named = set(re.findall(r'href="#(\w+)"', html)) - {"main"}

    assert {"Service", "Charter", "Measurement", "Problem"} - named <= {"Problem"}
    for name in named:
        assert f'id="{name}"' in html


def test_nothing_foreign_is_loaded() -> None:
    assert not re.findall(r'(?:src|href)="https?://', page("en"))


def test_the_page_is_read_without_asking_the_database_for_more_than_its_furniture(
    django_assert_max_num_queries: Any,
) -> None:
    with django_assert_max_num_queries(2):
        page("lt")


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_find_the_archive_on_the_page_about_open_data(language: str, made: Made) -> None:
    html = page(language, "open-data/")

    assert 'href="/api/v1/downloads/parama.zip"' in html
    assert f'href="/{language}/open-data/api/"' in html


def test_a_new_site_offers_no_archive_that_is_not_there() -> None:
    html = page("lt", "open-data/")

    assert "parama.zip" not in html
    assert "/lt/open-data/api/" in html


def test_the_licence_stands_there_once_it_was_set(settings: Any) -> None:
    assert "creativecommons" not in page("en", "open-data/")

    settings.OPEN_DATA_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
    assert 'href="https://creativecommons.org/licenses/by/4.0/"' in page("en", "open-data/")
