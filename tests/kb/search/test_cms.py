"""The editors' screens of the search: its words and its index."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from kb.models import CrisisWord, PinnedAnswer, Synonym, WordChange
from kb.search.engines import engines
from kb.search.finder import find
from kb.selectors import Reader
from tests import people
from tests.factories import charter as city
from tests.factories.kb import article, indexed

pytestmark = pytest.mark.django_db
WORDS, INDEX = "/cms/knowledge/search-words/", "/cms/knowledge/search-index/"


@pytest.fixture
def carol() -> Client:
    article(languages=())
    indexed()
    client = Client(headers={"accept-language": "en"})
    client.force_login(people.carol())
    return client


def page(answer: Any, *, status: int = 200) -> str:
    assert answer.status_code == status
    text: str = answer.content.decode()
    return text


def test_carol_tries_words_before_she_keeps_them(carol: Client) -> None:
    terms = {"terms_lt": "šildymas", "terms_ru": "батареи", "is_active": "on"}

    tried = page(carol.post(f"{WORDS}group/", {**terms, "check": "1"}))
    assert "батареи" in tried
    assert "Kaip gauti šildymo kompensaciją?" in tried
    assert not Synonym.objects.exists()

    page(carol.post(f"{WORDS}group/", {**terms, "keep": "1"}), status=302)
    assert Synonym.objects.get().terms == {"lt": ["šildymas"], "ru": ["батареи"]}


def test_a_grave_fault_is_not_kept_and_the_words_stay(carol: Client) -> None:
    said = page(carol.post(f"{WORDS}group/", {"terms_lt": "š, šildymas", "keep": "1"}), status=422)

    assert "help-critical" in said
    assert 'value="š, šildymas"' in said
    assert not Synonym.objects.exists()


def test_what_was_changed_is_listed_with_who_did_it_and_taken_back(carol: Client) -> None:
    carol.post(f"{WORDS}group/", {"terms_lt": "šildymas, krosnis", "is_active": "on", "keep": "1"})
    change = WordChange.objects.get()
    assert "Carol" in page(carol.get(WORDS))

    page(carol.post(f"{WORDS}changes/{change.pk}/take-back/"), status=302)
    assert not Synonym.objects.exists()
    page(carol.post(f"{WORDS}changes/{change.pk}/take-back/"), status=409)


def test_a_group_is_changed_and_removed(carol: Client) -> None:
    group = Synonym.objects.create(terms={"lt": ["šildymas", "krosnis"]})
    assert "krosnis" in page(carol.get(f"{WORDS}group/{group.pk}/"))

    carol.post(f"{WORDS}group/{group.pk}/drop/")

    assert not Synonym.objects.exists()


def test_carol_pins_an_answer_and_unpins_it(carol: Client) -> None:
    form = {"words": "kur kreiptis", "language": "lt", "answer": "article:A-001"}
    page(carol.post(f"{WORDS}pins/", form), status=302)
    assert "kur kreiptis" in page(carol.get(WORDS))

    carol.post(f"{WORDS}pins/{PinnedAnswer.objects.get().pk}/drop/")
    assert not PinnedAnswer.objects.exists()


def test_a_service_can_be_pinned_as_well(carol: Client) -> None:
    city.service()
    indexed()
    choices = re.findall(r'<option value="(service:[\w-]+)">([^<]+) \(', page(carol.get(WORDS)))
    assert [name for _, name in choices] == ["Help at home"]

    carol.post(f"{WORDS}pins/", {"words": "šildymo kompensacija", "language": "lt", "answer": choices[0][0]})

    hits = find("šildymo kompensacija", language="lt", reader=Reader.RESIDENT).hits
    assert [hit.kind for hit in hits] == ["service", "article"]


@pytest.mark.parametrize(
    "wrong", [{"words": " "}, {"language": "xx"}, {"answer": "article:A-999"}, {"answer": "nothing"}, {"answer": ""}]
)
def test_what_is_missing_in_a_pin_is_said_and_nothing_is_pinned(carol: Client, wrong: dict[str, str]) -> None:
    form = {"words": "kur kreiptis", "language": "lt", "answer": "article:A-001"}

    page(carol.post(f"{WORDS}pins/", form | wrong), status=422)

    assert not PinnedAnswer.objects.exists()


def test_crisis_words_are_edited_one_a_line(carol: Client) -> None:
    page(carol.post(f"{WORDS}crisis/", {"phrases_lt": "muša\nnoriu mirti", "keep": "1"}), status=302)
    assert {row.text for row in CrisisWord.objects.all()} == {"muša", "noriu mirti"}

    page(carol.post(f"{WORDS}crisis/", {"phrases_lt": "ir", "keep": "1"}), status=422)
    assert CrisisWord.objects.count() == 2
    assert "noriu mirti" in page(carol.get(f"{WORDS}crisis/"))


def test_the_index_shows_how_it_stands_and_is_built_anew(carol: Client) -> None:
    engines.default.rebuild([])
    assert "0" in page(carol.get(INDEX))

    page(carol.post(f"{INDEX}rebuild/"), status=302)

    assert engines.default.count() == 1


def test_nobody_but_editors_comes_in(carol: Client) -> None:
    for user in (people.bob(), people.dan()):
        client = Client()
        client.force_login(user)
        for path in (WORDS, INDEX, f"{WORDS}group/", f"{WORDS}crisis/"):
            assert client.get(path).status_code in {302, 403, 404}
        assert client.post(f"{INDEX}rebuild/").status_code in {302, 403, 404}
