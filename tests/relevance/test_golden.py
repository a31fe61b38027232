"""Golden questions: people's own words on the demonstration city, on both engines, with a floor that may only rise."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command
from elasticsearch import Elasticsearch

from kb.search import indexing
from kb.search.finder import find
from kb.selectors import Reader
from portal.core.languages import LANGUAGES
from tests.relevance.measures import mean, success

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
FLOOR = 0.95  # of the questions: the answer is among the first three
LEAST = 12


@pytest.fixture(params=["embedded", "elasticsearch"])
def city(request: pytest.FixtureRequest, settings: Any, tmp_path: Path) -> Iterator[None]:
    """The demonstration city, indexed by one engine."""
    name = f"kb.search.engines.{request.param}.{request.param.title()}Engine"
    options: dict[str, Any] = {"directory": str(tmp_path / "search")}
    if request.param == "elasticsearch":
        url = request.getfixturevalue("elasticsearch_url")
        options = {"url": url, "prefix": f"golden-{uuid.uuid4().hex[:8]}", "seconds": 30}
    settings.SEARCH = {"default": {"BACKEND": name, "OPTIONS": options}}
    call_command("load_content_pack", "klaipeda", verbosity=0, without_history=True)
    indexing.rebuild()
    yield
    if "url" in options:
        with Elasticsearch(options["url"]) as client:
            for index in client.indices.get(index=f"{options['prefix']}-*"):
                client.indices.delete(index=index)


def questions(language: str) -> list[dict[str, Any]]:
    text = (Path(__file__).parent / f"golden_{language}.yaml").read_text(encoding="utf-8")
    return list(yaml.safe_load(text))


def found(ask: str, language: str) -> list[str]:
    hits = find(ask, language=language, reader=Reader.RESIDENT, limit=10).hits
    return [f"{hit.kind}:{hit.code}" for hit in hits]


def test_people_find_what_answers_them(city: None) -> None:
    scores, missed = {}, []
    for language in LANGUAGES:
        there = []
        for row in questions(language):
            first = found(row["ask"], language)
            there.append(success(first, row["right"]))
            if not there[-1]:
                missed.append(f"{language} {row['ask']}: {first[:4]}")
        scores[language] = round(mean(there), 3)

    assert all(score >= FLOOR for score in scores.values()), "\n".join([str(scores), *missed])


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_enough_questions_of_our_own(language: str) -> None:
    asked = [row["ask"] for row in questions(language)]

    assert len(set(asked)) >= LEAST
