"""Whatever is hidden – drafts, notes, translations only begun – reaches no resident by any way of search."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.search import finder
from kb.search.results import SearchResults
from kb.selectors import Reader
from portal.core.languages import LANGUAGES
from tests.factories.answers import topic
from tests.factories.kb import article, indexed

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
SECRET = "zuikvardas"  # in every hidden place, and nowhere else
HIDDEN_TOPIC = "slapta-tema"
FORMS = ("zuikvardas", "zuikvardo", "ZUIKVARDAS", "zuikvarda", "zuykvardas", "зуиквардас", "pebrdfhlfc", "зуйквардас")


@pytest.fixture
def hidden() -> None:
    secret = topic(HIDDEN_TOPIC, name_lt="Slapta tema", live=False)
    article("A-001", languages=(), internal_note_lt=f"<p>{SECRET}</p>", phone_form_lt=SECRET, body_ru=SECRET)
    draft = article("A-002", title_lt=f"{SECRET} šildymas", live=False, languages=())
    draft.topics.set([secret])
    draft.save()
    article("A-003", title_lt="Šildymas apie pašalpą", title_en=f"{SECRET} heating", languages=("ru",))
    indexed()


def _said(results: SearchResults) -> str:
    """Everything a resident could read of an answer but their own words."""
    shown = [f"{hit.code} {hit.title_html} {hit.snippet_html} {hit.note}" for hit in results.hits]
    return f"{shown} {json.dumps(results.facets)} {results.suggestion if SECRET not in results.typed else ''}".lower()


words = st.lists(
    st.sampled_from([*FORMS, "šildymas", "šildymo", "kompensacija", "pašalpa", "heating", "отопление", "A-002"]),
    min_size=1,
    max_size=4,
)


@pytest.mark.usefixtures("hidden")
def test_no_question_brings_up_what_is_hidden() -> None:
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(words, st.sampled_from(LANGUAGES))
    def ask(typed: list[str], language: str) -> None:
        results = finder.find(" ".join(typed), language=language, reader=Reader.RESIDENT)

        assert SECRET not in _said(results)
        assert HIDDEN_TOPIC not in _said(results)
        assert {hit.code for hit in results.hits} <= {"A-001", "A-003"}
        assert results.facets.get("audience", {}).keys() <= {"public"}
        assert results.total == len(results.hits)

    ask()


@pytest.mark.usefixtures("hidden")
@pytest.mark.parametrize("typed", ["zuikvardsa", "zuikvards", "zui", "zuik", "zuikvar"])
def test_the_hidden_word_is_never_offered(typed: str) -> None:
    for language in LANGUAGES:
        results = finder.find(typed, language=language, reader=Reader.RESIDENT)
        offered = Client().get(f"/{language}/search/suggest/", {"q": typed}).content.decode()

        assert results.suggestion == ""
        assert SECRET not in offered


@pytest.mark.usefixtures("hidden")
def test_the_same_words_do_bring_it_up_for_a_consultant() -> None:
    codes = {hit.code for hit in finder.find(SECRET, language="lt", reader=Reader.STAFF).hits}

    assert codes >= {"A-001", "A-002"}
