"""The search page as residents see it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from kb.models import CrisisWord, SearchEvent
from kb.search import log
from portal.core import clock
from tests.factories import charter as city
from tests.factories.kb import article, indexed

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def alice() -> Client:
    log._waiting.take()
    city.municipality()
    return Client(headers={"user-agent": "Mozilla/5.0"})


def search(client: Client, words: str, language: str = "lt", **also: Any) -> str:
    answer = client.get(f"/{language}/search/", {"q": words, **also})
    assert answer.status_code == 200
    return answer.content.decode()


def test_alice_sees_what_was_found_with_her_words_marked(alice: Client) -> None:
    article()
    indexed()

    page = search(alice, "отопление", "ru")

    assert "компенсацию за <mark>отопление</mark>?" in page
    assert 'value="отопление"' in page


def test_results_for_typed_words_are_kept_nowhere_the_bare_form_may_be(alice: Client) -> None:
    indexed()

    assert alice.get("/lt/search/", {"q": "parama"})["Cache-Control"] == "no-store"
    assert getattr(alice.get("/lt/search/"), "_public_page", False)


def test_a_text_in_another_language_says_so(alice: Client) -> None:
    article(languages=())
    indexed()

    page = search(alice, "šildymo kompensacija", "en")

    assert re.search(r'class="hit__title"><a href="[^"]+" lang="lt">', page)
    assert 'class="notice notice--small"' in page


def test_a_mistake_is_offered_right_and_results_come_all_the_same(alice: Client) -> None:
    article()
    indexed()

    page = search(alice, "šildymo kompesaciją")

    assert re.search(r'class="maybe">[^<]+<a href="[^"]+">šildymo kompensaciją</a>', page)
    assert 'class="hits"' in page


def test_whoever_finds_nothing_still_has_somewhere_to_go(alice: Client) -> None:
    city.service(popular=1)
    indexed()

    page = search(alice, "kaip iškepti tortą")

    assert "Pagalba į namus" in page
    assert 'href="tel:+37046300706"' in page
    assert "/lt/consultations/" in page or "words=kaip" in page
    assert 'name="note"' in page


def test_narrowing_keeps_the_words_and_counts_every_kind(alice: Client) -> None:
    article(title_lt="Pagalba namuose")
    city.service()
    indexed()

    page = search(alice, "pagalba namuose", kind="service")

    assert page.count('class="hit__title"') == 1
    assert re.search(r'value="service" form="search" checked', page)
    assert re.search(r'for="kind-article"><span>[^<]+</span><span class="num">1</span>', page)


def test_long_lists_come_in_pages(alice: Client) -> None:
    for number in range(1, 13):
        article(f"A-{number:03}", title_lt=f"Šildymo kompensacija {number}", languages=())
    indexed()

    first, second = search(alice, "šildymo kompensacija"), search(alice, "šildymo kompensacija", page=2)

    assert (first.count('class="hit__title"'), second.count('class="hit__title"')) == (10, 2)
    assert "page=2" in first
    assert 'rel="next"' not in second


def test_words_of_danger_put_the_crisis_card_first(alice: Client) -> None:
    CrisisWord.objects.create(language="lt", text="vyras muša")
    article()
    indexed()

    page = search(alice, "mane vyras muša, šildymo kompensacija")

    assert 0 < page.index("tel:112") < page.index('class="hits"')
    assert "tel:112" not in search(alice, "šildymo kompensacija").partition("<footer")[0]


def test_a_receipt_leads_to_its_look_up(alice: Client) -> None:
    page = search(alice, "к1234-5674", "en")

    assert "K1234-5674" in page
    assert re.search(r'href="/en/[^"]+">See how it stands', page)


def test_when_search_is_down_the_words_stay_and_the_way_goes_on(alice: Client, settings: Any) -> None:
    settings.SEARCH = {
        "default": {
            "BACKEND": "kb.search.engines.elasticsearch.ElasticsearchEngine",
            "OPTIONS": {"url": "http://127.0.0.1:9"},
        }
    }
    city.service(popular=1)

    page = search(alice, "šildymo kompensacija", "en")

    assert "Search is resting for a moment" in page
    assert 'value="šildymo kompensacija"' in page
    assert "Help at home" in page


def test_the_page_costs_few_queries(alice: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(1, 6):
        article(f"A-{number:03}", title_lt=f"Pagalba į namus {number}")
    city.service()
    city.institution("gerove", name_lt="Pagalba namuose centras")
    city.commitment(text_lt="Pagalba į namus per 20 dienų")
    indexed()
    search(alice, "pagalba namuose")

    with django_assert_max_num_queries(10):
        page = search(alice, "pagalba namuose")
    assert page.count('class="hit__title"') == 8


def test_suggestions_begin_as_typed_in_whatever_letters(alice: Client) -> None:
    article()
    city.service()
    indexed()

    def offered(typed: str, language: str = "lt") -> list[str]:
        rows = alice.get(f"/{language}/search/suggest/", {"q": typed}).json()["suggestions"]
        return [row["text"] for row in rows]

    assert offered("sild") == ["Kaip gauti šildymo kompensaciją?"]
    assert offered("pag na") == ["Pagalba į namus"]
    assert offered("komp", "ru") == ["Как получить компенсацию за отопление?"]
    assert offered("p") == offered("") == offered("zzz") == []


def test_there_are_at_most_eight_suggestions(alice: Client) -> None:
    for number in range(12):
        article(f"A-{number:03}", title_lt=f"Šildymo kompensacija {number}")
    indexed()

    assert len(alice.get("/lt/search/suggest/", {"q": "šil"}).json()["suggestions"]) == 8


def test_words_that_led_several_people_to_an_answer_are_offered(alice: Client) -> None:
    article(title_lt="Kur kreiptis?", languages=())
    indexed()
    for words, people, times in (("kurčiųjų vertėjas", 5, 1), ("kurmio ola", 4, 9)):
        for number in range(people * times):
            SearchEvent.objects.create(
                at=clock.now(),
                language="lt",
                words=words,
                results=3,
                opened_at=clock.now(),
                asker=f"network {number % people}",
            )

    rows = alice.get("/lt/search/suggest/", {"q": "kur"}).json()["suggestions"]

    assert {row["text"] for row in rows} == {"Kur kreiptis?", "kurčiųjų vertėjas"}
