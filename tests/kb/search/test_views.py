"""The search page as residents see it."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import charter as city
from tests.factories.kb import article, indexed

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def test_alice_sees_what_was_found_with_her_words_marked(client: Client) -> None:
    article()
    city.municipality()
    indexed()

    page = client.get("/ru/search/", {"q": "отопление"}).content.decode()

    assert "компенсацию за <mark>отопление</mark>?" in page
    assert 'value="отопление"' in page


def test_results_for_typed_words_are_kept_nowhere(client: Client) -> None:
    indexed()

    assert client.get("/lt/search/", {"q": "parama"})["Cache-Control"] == "no-store"
