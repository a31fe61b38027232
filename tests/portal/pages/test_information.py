"""Information pages: what anybody reads without saying who they are."""

from __future__ import annotations

import pytest
from django.test import Client

from portal.core.languages import LANGUAGES

pytestmark = pytest.mark.usefixtures("town")
PAGES = ("about", "accessibility", "complaints", "contacts", "news", "open-data", "privacy", "site-map")


def body(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_resident_reads_every_page_in_every_language(client: Client, language: str, name: str) -> None:
    html = body(client, f"/{language}/{name}/")

    assert f'<html lang="{language}"' in html
    assert "{{" not in html
    assert 'href="page:' not in html


@pytest.mark.parametrize("name", PAGES)
def test_reading_sets_no_cookie(client: Client, name: str) -> None:
    assert not client.get(f"/ru/{name}/").cookies
