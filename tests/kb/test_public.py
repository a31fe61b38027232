"""What stands around an answer for residents: who checked it, what others ask, paper, feed, remarks, wishes."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from kb import asked
from kb.models import Remark, SearchEvent, TranslationWish
from portal.core import clock, pdf
from tests.factories.answers import article, topic
from tests.factories.charter import institution, municipality, service
from tests.people import carol

pytestmark = pytest.mark.django_db
PATH = "/en/answers/a-001-how-to-get/"
HERE = {"sec-fetch-site": "same-origin", "user-agent": "Mozilla/5.0"}


def page(client: Client, path: str = PATH) -> str:
    response = client.get(path)
    assert response.status_code == 200
    assert not response.cookies
    return response.content.decode()


def opened(code: str, times: int, *, days_ago: int = 1) -> None:
    at = clock.now() - dt.timedelta(days=days_ago)
    for _time in range(times):
        SearchEvent.objects.create(at=at, language="lt", results=1, opened_kind="article", opened_code=code)
    cache.clear()


def test_it_says_when_it_was_checked_and_by_which_office(client: Client) -> None:
    article(office=institution(), checked_on=dt.date(2026, 11, 22))
    assert "by: Social Support Centre" in page(client)


def test_what_people_also_ask_is_about_the_same_services(client: Client) -> None:
    help_at_home = service()
    article(services=[help_at_home])
    article("A-002", services=[help_at_home], title_en="Who else?")
    article("A-003", title_en="Nothing to do with it")
    text = page(client)
    assert "Who else?" in text
    assert "Nothing to do with it" not in text


def test_machines_read_a_question_with_its_answer_and_nothing_breaks_out(client: Client) -> None:
    article(title_en="A </script><script>alert(1)</script>?", body_en="<p>All &amp; more</p>")
    text = page(client)
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text)
    assert found
    data = json.loads(found[1])
    assert (data["@type"], data["mainEntity"][0]["name"]) == ("FAQPage", "A </script><script>alert(1)</script>?")
    assert data["mainEntity"][0]["acceptedAnswer"]["text"] == "Hand in a request. All & more"
    assert "<script>alert(1)" not in text


def test_most_asked_this_month_counts_what_was_opened_from_searches(client: Client) -> None:
    heating = topic()
    article(topics=[heating])
    article("A-002", topics=[heating], title_en="Seldom asked")
    opened("A-001", 3)
    opened("A-002", 2)
    opened("A-002", 9, days_ago=40)
    assert [card.code for card in asked.most_asked("en")] == ["A-001"]
    for path in ("/en/answers/", "/en/topics/bustas-en/"):
        text = page(client, path)
        part = text[text.index("Most asked this month") :]
        assert part.index("How to get compensation?") < part.index("Seldom asked")


def test_where_nothing_was_asked_nothing_is_claimed(client: Client) -> None:
    article()
    assert "Most asked" not in page(client, "/en/answers/")


def test_the_feed_tells_of_changes_in_the_readers_language(client: Client) -> None:
    article().save_revision().publish()
    article("A-002", live=False)
    response = client.get("/en/answers/changes.xml")
    text = response.content.decode()
    assert response["Content-Type"].startswith("application/atom+xml")
    assert "How to get compensation?" in text
    assert "/en/answers/a-001-how-to-get/" in text
    assert text.count("<entry>") == 1


def test_an_answer_goes_on_paper_with_a_code_that_leads_back(client: Client) -> None:
    article()
    municipality()
    assert client.get(f"{PATH}pdf/").content.startswith(b"%PDF")
    assert b"<svg" in client.get(f"{PATH}qr.svg").content
    for path in ("pdf/", "qr.svg"):
        assert client.get(f"/en/answers/no-such/{path}").status_code == 404


def test_where_no_pdf_can_be_made_the_page_says_why(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    article()
    monkeypatch.setattr(pdf, "is_possible", lambda: False)
    response = client.get(f"{PATH}pdf/")
    assert response.status_code == 503
    assert "Open the page itself and print it" in response.content.decode()


def test_a_draft_goes_on_no_paper_and_takes_no_remarks(client: Client) -> None:
    article(live=False)
    for part in ("pdf/", "qr.svg", "remark/", "wish/"):
        assert client.get(f"{PATH}{part}").status_code == 404


def test_a_remark_quotes_the_passage_and_goes_to_the_owner(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    owner = carol()
    owner.email = "carol@example.org"
    owner.save()
    article(owner=owner)
    assert '<option lang="en">The whole answer.</option>' in page(client, f"{PATH}remark/")
    said = {"passage": "The whole answer.", "text": "Not so, ask 39001011234", "contact": "alice@example.org"}
    for _twice in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(f"{PATH}remark/", said, headers=HERE).status_code == 200
    kept = Remark.objects.get()
    assert (kept.passage, kept.text, kept.owner) == ("The whole answer.", "Not so, ask [personal code]", owner)
    assert "alice" not in kept.contact
    assert [letter.to for letter in mail.outbox] == [["carol@example.org"]]


@pytest.mark.parametrize("said", [{"text": "  "}, {"text": "x", "contact": "nobody"}])
def test_what_is_missing_in_a_remark_is_said_and_the_words_stay(client: Client, said: dict[str, str]) -> None:
    article()
    response = client.post(f"{PATH}remark/", said, headers=HERE)
    assert response.status_code == 422
    assert "Please correct this" in response.content.decode()
    assert not Remark.objects.exists()


def test_who_reads_it_in_another_language_asks_for_theirs_once(client: Client) -> None:
    article()
    path = "/uk/answers/a-001-kaip-gauti/"
    assert 'action="/uk/answers/a-001-kaip-gauti/wish/"' in page(client, path)
    for contact in ("", "", "alice@example.org"):
        assert client.post(f"{path}wish/", {"contact": contact}, headers=HERE).status_code == 200
    wish = TranslationWish.objects.get()
    assert (wish.language, bool(wish.contact)) == ("uk", True)
    assert client.post(f"{path}wish/", {"contact": "nobody"}, headers=HERE).status_code == 422


def test_where_the_language_is_there_nobody_is_asked_to_wait(client: Client) -> None:
    article()
    assert "/wish/" not in page(client)


def test_other_sites_send_nothing_here(client: Client) -> None:
    article()
    for part in ("remark/", "wish/"):
        answer = client.post(f"{PATH}{part}", {"text": "x"}, headers={"sec-fetch-site": "cross-site"})
        assert answer.status_code == 403
