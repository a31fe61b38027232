"""Whether a resident may find a thing is asked once a minute and publication, and never after it was taken back."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kb.models import Article
from kb.search.finder import find
from kb.search.results import SearchResults
from kb.search.there import there
from kb.selectors import Reader
from tests.factories.kb import article, indexed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture(autouse=True)
def kept(settings: Any) -> None:
    settings.PAGE_CACHE = True


def alice() -> SearchResults:
    return find("šildymo kompensacija", language="lt", reader=Reader.RESIDENT)


def asked(reader: Reader) -> int:
    with CaptureQueriesContext(connection) as queries:
        there([("article", "A-001"), ("article", "A-009")], reader)
    return len(queries)


def test_the_second_search_asks_nothing_again_not_even_of_what_is_gone() -> None:
    article()

    assert [asked(Reader.RESIDENT) for _ in range(3)] == [1, 0, 0]


def test_what_is_taken_back_is_neither_shown_nor_counted_at_once() -> None:
    found = article()
    indexed()
    assert alice().total == 1

    found.live = False
    found.save()

    assert (alice().total, alice().hits, alice().facets["kind"]) == (0, (), {})


def test_what_is_published_is_found_at_once() -> None:
    found = article(live=False)
    indexed()
    assert alice().total == 0

    found.live = True
    found.save()
    indexed()

    assert alice().total == 1


def test_even_what_went_without_a_word_is_never_shown() -> None:
    article()
    indexed()
    alice()

    Article.objects.update(live=False)

    assert alice().hits == ()


def test_for_staff_nothing_is_remembered() -> None:
    article(live=False)

    assert [asked(Reader.STAFF) for _ in range(2)] == [1, 1]
    assert there([("article", "A-001")], Reader.RESIDENT) == {}
