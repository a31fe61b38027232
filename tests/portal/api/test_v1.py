"""Programs read what the public may see, in a shape that does not change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from charter.models import Institution, Service
from kb.models import Article
from portal.api import v1
from portal.core.languages import LANGUAGES

pytestmark = pytest.mark.usefixtures("town")
LISTS = ("services", "institutions", "topics", "articles", "charters", "standards", "measurements", "changes")


def get(path: str, **query: Any) -> Any:
    answer = Client().get(f"/api/v1/{path}", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_services_keep_the_code_they_came_with() -> None:
    pack = Path(v1.__file__).parents[1] / "demo/klaipeda/services"

    assert {item["id"] for item in get("services")["items"]} == {path.stem for path in pack.glob("*.yaml")}


@pytest.mark.parametrize("name", ["services", "institutions", "articles"])
def test_every_address_in_every_language_opens(name: str) -> None:
    for item in get(name, limit=3)["items"]:
        for language in LANGUAGES:
            path = item["urls"][language].removeprefix("http://127.0.0.1:8000")
            assert path.startswith(f"/{language}/")
            assert Client().get(path).status_code == 200, path


def test_one_entry_is_the_same_as_in_its_list() -> None:
    for name in ("services", "institutions", "topics", "articles", "charters"):
        item = get(name)["items"][0]
        assert get(f"{name}/{item['code']}") == item


def test_sums_and_links_are_filled_in() -> None:
    text = json.dumps(get("services")) + json.dumps(get("articles"))

    assert "{{" not in text
    assert 'href=\\"service:' not in text


def test_an_article_names_three_services_at_most_and_no_note_for_consultants() -> None:
    article = Article.objects.get(code="A-001")
    article.internal_note = "Tik konsultantams"
    article.services.set(Service.objects.all()[:5])
    article.save()
    found = get("articles/A-001")

    assert len(found["services"]) == 3
    assert "Tik konsultantams" not in json.dumps(found)


def test_a_draft_is_not_given_to_programs_either() -> None:
    Article.objects.get(code="A-001").unpublish()
    Institution.objects.get(code="kspc").unpublish()

    assert "A-001" not in {item["code"] for item in get("articles")["items"]}
    assert Client().get("/api/v1/articles/A-001").status_code == 404
    assert Client().get("/api/v1/institutions/kspc").status_code == 404


def test_a_language_nobody_declared_translated_is_left_out() -> None:
    Article.objects.filter(code="A-001").update(translated_from={})

    assert set(get("articles/A-001")["title"]) == {"lt"}


def test_the_charter_comes_with_its_standards_and_measurements() -> None:
    charter = get("charter")

    assert len(charter["commitments"]) == 18
    assert all("measurements" in standard for one in charter["commitments"] for standard in one["standards"])
    assert charter["is_proposal"]


@pytest.mark.postgres
def test_a_search_answers_like_the_page() -> None:
    hits = get("search", q="A-001", lang="en", limit=5)

    assert set(hits) == {"hits", "count", "suggestion"}
    assert len(hits["hits"]) <= 5


@pytest.mark.parametrize(
    "path",
    [
        "services?limit=101",
        "services?limit=0",
        "services?language=de",
        "services?changed_since=yesterday",
        "services?changed_since=2026-01-01T00:00:00",
        "measurements?period=2026",
        "changes?kind=people",
        "services?offset=-1",
        "services?offset=99999999999999999999",
        "search?q=a&limit=201",
        "search?q=a&lang=xx",
        "search",
        "services/%00",
        "services/" + "x" * 41,
        "nothing",
    ],
)
def test_what_makes_no_sense_is_said_in_json(path: str) -> None:
    answer = Client().get(f"/api/v1/{path}")

    assert answer.status_code in {404, 422}
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == answer.status_code


@given(text=st.text(max_size=300))
def test_no_words_break_the_search(text: str) -> None:
    client = Client(raise_request_exception=False)

    assert client.get("/api/v1/search", {"q": text, "lang": "uk"}).status_code < 500


def test_the_description_stands_at_a_fixed_address_and_loads_nothing_foreign() -> None:
    description = get("openapi.json")

    assert {f"/api/v1/{name}" for name in LISTS} <= set(description["paths"])
    assert Client().get("/api/v1/docs").status_code == 404


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("services", 22),
        ("institutions", 15),
        ("topics", 5),
        ("articles", 27),
        ("charters", 7),
        ("charter", 12),
        ("standards", 4),
        ("measurements", 6),
        ("changes", 3),
    ],
)
def test_a_list_costs_the_same_however_long_it_is(name: str, most: int, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(most):
        get(name)
