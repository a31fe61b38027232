"""What is remembered of searches: facts and masked words, and what was opened – without a cookie."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils.html import escape

from kb.models import SearchEvent
from kb.search import log
from tests.factories import charter as city
from tests.factories.kb import article, indexed

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
BROWSER = {"user-agent": "Mozilla/5.0 (Linux; Android 9)"}


@pytest.fixture
def alice() -> Client:
    log._waiting.take()
    article()
    indexed()
    return Client(headers=BROWSER)


def search(client: Client, words: str, **also: Any) -> str:
    return client.get("/lt/search/", {"q": words, **also}).content.decode()


def kept() -> SearchEvent:
    log.flush()
    return SearchEvent.objects.get()


def first_link(page: str) -> str:
    found = re.search(r'class="hit__title"><a href="([^"]+)"', page)
    assert found
    return found[1]


def test_a_search_is_remembered_with_bounded_facts(alice: Client) -> None:
    search(alice, "šildymo kompensacija")

    event = kept()

    assert (event.language, event.results, event.rewritten, event.reader) == ("lt", 1, "no", "resident")
    assert event.words == "šildymo kompensacija"


def test_what_identifies_a_person_is_masked_before_it_is_kept(alice: Client) -> None:
    search(alice, "pašalpa 39001011234 alice@example.org")

    assert kept().words == "pašalpa [personal code] [e-mail]"


def test_who_asks_the_same_twice_is_one_and_other_words_leave_no_trail(alice: Client) -> None:
    for words in ("šildymo kompensacija", "Šildymo kompensacija", "pašalpa"):
        search(alice, words)
    alice.get("/lt/search/", {"q": "šildymo kompensacija"}, REMOTE_ADDR="10.1.1.1")
    log.flush()

    one, again, other_words, other_person = SearchEvent.objects.order_by("pk").values_list("asker", flat=True)

    assert one == again
    assert len({one, other_words, other_person}) == 3


def test_crawlers_and_further_pages_are_no_searches(alice: Client) -> None:
    search(Client(headers={"user-agent": "Googlebot/2.1"}), "šildymas")
    search(Client(headers={"user-agent": ""}), "šildymas")
    search(alice, "šildymas", page=2)
    search(alice, "")
    log.flush()

    assert not SearchEvent.objects.exists()


def test_the_result_alice_opens_is_remembered_with_its_place(alice: Client) -> None:
    link = first_link(search(alice, "šildymo kompensacija"))

    alice.get(link)

    event = kept()
    assert (event.opened_kind, event.opened_code, event.opened_position) == ("article", "A-001", 1)
    assert alice.cookies == {}


def test_a_page_that_was_kept_ready_counts_as_opened_too(alice: Client, settings: Any) -> None:
    settings.PAGE_CACHE = True
    link = first_link(search(alice, "šildymo kompensacija"))
    alice.get(urlsplit(link).path)

    page = alice.get(link)

    assert page.status_code == 200
    assert kept().opened_code == "A-001"


def test_only_the_first_opening_counts(alice: Client) -> None:
    page = search(alice, "šildymo kompensacija")
    alice.get(first_link(page))
    alice.get(first_link(page).replace(".1.", ".7."))

    assert kept().opened_position == 1


def test_a_mark_that_dan_made_up_changes_nothing(alice: Client) -> None:
    mark = parse_qs(urlsplit(first_link(search(alice, "šildymo kompensacija"))).query)["from"][0]
    for forged in (mark.replace("A-001", "A-002"), mark[:-1] + "x", "1.1.article.A-001.000000000000", "'; --", ""):
        alice.get("/lt/", {"from": forged})

    assert kept().opened_code == ""


def test_prefetching_opens_nothing(alice: Client) -> None:
    alice.get(first_link(search(alice, "šildymo kompensacija")), headers={"sec-purpose": "prefetch"})

    assert kept().opened_code == ""


def test_alice_tells_what_she_did_not_find_and_an_editor_can_read_it(alice: Client) -> None:
    page = search(alice, "kurčiųjų vertėjas")
    mark = re.search(r'name="search" value="([^"]+)"', page)
    assert mark

    answer = alice.post(
        "/lt/search/missing/",
        {"search": mark[1], "note": "Ieškau gestų kalbos vertėjo, tel. +370 612 34567"},
        headers={"sec-fetch-site": "same-origin"},
    )

    assert answer.status_code == 200
    assert kept().missing_note == "Ieškau gestų kalbos vertėjo, tel. [phone]"


def test_a_note_without_a_search_is_not_kept_and_given_back(alice: Client) -> None:
    answer = alice.post(
        "/lt/search/missing/",
        {"search": "abcdef.0", "note": "Ieškau <vertėjo>"},
        headers={"sec-fetch-site": "same-origin"},
    )

    assert answer.status_code == 422
    assert escape("Ieškau <vertėjo>") in answer.content.decode()


def test_an_empty_note_says_what_to_write(alice: Client) -> None:
    answer = alice.post("/en/search/missing/", {"search": "x", "note": " "}, headers={"sec-fetch-site": "same-origin"})

    assert answer.status_code == 422
    assert 'aria-describedby="note-hint note-error"' in answer.content.decode()


def test_another_site_cannot_write_notes(alice: Client) -> None:
    answer = alice.post("/lt/search/missing/", {"note": "x"}, headers={"sec-fetch-site": "cross-site"})

    assert answer.status_code == 403


def test_the_charter_page_is_found_at_its_promise(alice: Client) -> None:
    city.commitment()
    indexed()

    link = first_link(search(alice, "per 20 dienų"))

    assert link.endswith("#C08")
    assert "?from=" in link
