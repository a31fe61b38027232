""" "Was this page useful?" – with a script and without, once a person, from our own pages only."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from charter.feedback.models import PageVote
from charter.feedback.views import VOTES

pytestmark = pytest.mark.django_db
VOTE = "/en/feedback/useful/"


def press(client: Client, useful: str = "no", site: str = "same-origin", **more: str) -> Any:
    posted = {"page": "article:A-001", "useful": useful, "back": "/en/answers/x/", **more}
    return client.post(VOTE, posted, headers={"Sec-Fetch-Site": site})


def test_a_reader_says_no_and_then_why(client: Client) -> None:
    asked = press(client)
    assert b"What was missing?" in asked.content
    sent = press(client, text="Mail me@example.com")
    assert sent["Location"] == "/en/feedback/thanks/?back=/en/answers/x/"
    assert b'href="/en/answers/x/"' in client.get(sent["Location"]).content
    kept = PageVote.objects.get()
    assert (kept.page_kind, kept.page_code, kept.is_useful, kept.text, kept.language) == (
        "article",
        "A-001",
        False,
        "Mail [e-mail]",
        "en",
    )


def test_yes_asks_nothing_more(client: Client) -> None:
    assert b"What was missing?" not in press(client, "yes").content


def test_pressing_twice_counts_once_and_two_devices_twice(client: Client) -> None:
    press(client)
    press(client)
    assert PageVote.objects.count() == 1
    client.post(
        VOTE, {"page": "article:A-001", "useful": "yes"}, headers={"Sec-Fetch-Site": "same-origin", "User-Agent": "B"}
    )
    assert PageVote.objects.count() == 2


def test_a_script_gets_only_the_part_it_puts_in_place(client: Client) -> None:
    answer = client.post(
        VOTE, {"page": "service:x", "useful": "no"}, headers={"Sec-Fetch-Site": "same-origin", "X-Part": "yes"}
    )
    assert b"<html" not in answer.content
    assert b"What was missing?" in answer.content


def test_another_site_cannot_vote_for_a_reader(client: Client) -> None:
    assert press(client, site="cross-site").status_code == 403
    assert not PageVote.objects.exists()


@pytest.mark.parametrize("posted", [{}, {"page": "x:y", "useful": "yes"}, {"page": "article:A-1", "useful": "maybe"}])
def test_what_is_no_vote_leads_home(client: Client, posted: dict[str, str]) -> None:
    answer = client.post(VOTE, posted, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer["Location"] == "/en/"
    assert client.get(VOTE)["Location"] == "/en/"


def test_the_way_back_never_leads_elsewhere(client: Client) -> None:
    assert b'href="/en/"' in press(client, "yes", back="https://evil.example/").content
    assert b'href="/en/"' in press(client, "yes", back="//evil.example/").content


def test_a_flood_is_stopped(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for _time in range(VOTES.times):
        VOTES.count("127.0.0.1")
    assert press(client).status_code == 429
    assert not PageVote.objects.exists()
