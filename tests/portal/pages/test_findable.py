"""Information pages are found like everything else."""

from __future__ import annotations

import pytest

from kb.search import finder, indexing
from kb.search.narrowing import Narrowing
from kb.selectors import Reader
from portal.pages.models import InformationPage

pytestmark = [pytest.mark.usefixtures("town"), pytest.mark.postgres]


def found(words: str, language: str) -> list[str]:
    indexing.rebuild()
    results = finder.find(words, language=language, reader=Reader.RESIDENT, only=Narrowing.to(kind=["page", "news"]))
    return [hit.url for hit in results.hits]


@pytest.mark.parametrize(
    ("words", "language", "url"),
    [
        ("accessibility statement", "en", "/en/accessibility/"),
        ("личные данные cookie", "ru", "/ru/privacy/"),
        ("kaip pateikti skundą", "lt", "/lt/complaints/"),
        ("відкриті дані", "uk", "/uk/open-data/"),
    ],
)
def test_a_page_is_found_by_its_heading(words: str, language: str, url: str) -> None:
    assert url in found(words, language)


def test_news_are_found() -> None:
    assert "/lt/news/baziniai-dydziai-2026/" in found("nauji baziniai dydžiai", "lt")


def test_a_page_taken_off_is_found_no_more() -> None:
    InformationPage.objects.get(role="accessibility").unpublish()

    assert "/en/accessibility/" not in found("accessibility statement", "en")
