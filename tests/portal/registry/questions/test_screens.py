"""Questions on the screen: who may ask what, what is said when it does not fit, what is kept and sent."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.core import mail
from django.test import Client

from portal.registry.models import Post, QuestionWish, Recipient, SavedQuestion
from portal.registry.questions import letters
from tests.portal.registry.conftest import post
from tests.portal.registry.questions import city

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
PAGE = "/en/registry/questions/"
OWN = {"period": "own", "since": "2026-02-10", "until": "2026-11-20"}
At = Callable[[Post], Client]


def page(browser: Client, **words: str) -> str:
    answer = browser.get(f"{PAGE}?{urlencode(words)}" if words else PAGE)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def names(html: str) -> list[str]:
    """The first column of the answer."""
    return [re.sub("<[^>]+>", "", one) for one in re.findall(r'<th scope="row"[^>]*>(.*?)</th>', html)]


@pytest.fixture
def workers(db: None) -> list[Post]:
    return city.build(7, visits=150)


@pytest.fixture
def head(workers: list[Post]) -> Post:
    return post("Hanna", "head", "Centras")


@pytest.fixture
def officer(workers: list[Post]) -> Post:
    return post("Otto", "officer", "Centras")


def test_a_question_is_read_back_and_answered(at: At, head: Post) -> None:
    html = page(at(head), measure="visits", by="language", of="late", of2="aged_80", **OWN)
    assert re.search(r"Visits, from [\w ]+ to [\w ]+\. Broken", html)
    assert "Broken down by: language." in html
    assert "Of them: those written down after their day." in html
    assert names(html)[-1] == "In all"
    assert "Русский" in names(html)


@pytest.mark.parametrize("lang", ["lt", "ru", "uk"])
def test_it_is_answered_in_every_language(at: At, head: Post, lang: str) -> None:
    for words in ({}, {"measure": "to_decision", "by": "quarter"}, {"measure": "done", "by": "month", "form": "line"}):
        answer = at(head).get(f"/{lang}/registry/questions/?{urlencode({**words, **OWN} if words else {})}")
        assert answer.status_code == 200


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"measure": "cats"}, "Select a valid choice"),
        ({"measure": "visits", "by": "service"}, "cannot be counted by this"),
        ({"measure": "open", "service": "99999"}, "Select a valid choice"),
        ({"measure": "people", "by": "day", "then": "day"}, "the same as the first"),
        ({"measure": "people", "then": "day"}, "Choose the first breakdown"),
        ({"measure": "planned", "compare": "year"}, "cannot be compared"),
        ({"measure": "planned", "by": "day", "then": "age"}, "Two breakdowns go with plain numbers"),
        ({"measure": "people", "compare": "year", "of": "late"}, "not both at once"),
        ({"measure": "times", "of": "late"}, "has no such part"),
        ({"measure": "people", "of2": "late"}, "Choose the first part"),
        ({"measure": "people", "period": "own", "since": "2026-02-01"}, "Write both days"),
        ({"measure": "people", "period": "own", "since": "2026-02-01", "until": "2026-01-01"}, "before the first"),
        ({"measure": "people", "period": "own", "since": "1026-02-01", "until": "2026-01-01"}, "ten years at most"),
        ({"measure": "people", "period": "own", "since": "2026-02-31", "until": "2026-01-01"}, "Write the day as"),
        ({"measure": "people", "by": "day", "period": "own", "since": "2020-01-01", "until": "2026-01-01"}, "366 days"),
        ({"measure": "open", "period": "own", "since": "2026-01-01", "until": "2027-01-01"}, "looks back"),
        ({"measure": "load", "days": "99999"}, "less than or equal to 366"),
        ({"measure": "load", "worker": "x' or 1=1"}, "Select a valid choice"),
        ({"measure": "people", "person": "x"}, "That person is not found"),
    ],
)
def test_what_does_not_fit_is_said_in_a_sentence(at: At, head: Post, words: dict[str, str], sentence: str) -> None:
    html = page(at(head), **words)
    assert sentence in html
    assert "In all" not in html
    assert at(head).get(f"{PAGE}answer.xlsx?{urlencode(words)}").status_code == 302


def test_a_department_sees_nothing_of_its_neighbour(at: At, head: Post) -> None:
    html = page(at(head), measure="people", by="department", **OWN)
    assert names(html) == ["Centras", "In all"]
    assert "Select a valid choice" not in html
    whole = page(at(post("Helena", "head", "")), measure="people", by="department", **OWN)
    assert names(whole) == ["Centras", "Šventoji", "In all"]
    elsewhere = Recipient.objects.filter(department="Šventoji", visits__isnull=False).first()
    assert elsewhere is not None
    assert names(page(at(head), measure="visits", person=str(elsewhere.pk), by="month", **OWN)) == []


def test_a_worker_and_an_assessor_ask_about_their_own_work(at: At, workers: list[Post]) -> None:
    html = page(at(workers[0]), measure="done", by="worker", **OWN)
    assert names(html) == ["Worker0", "In all"]
    assert 'name="worker"' not in html
    assert names(page(at(post("Asta", "assessor", "Centras")), measure="done", by="worker", **OWN)) == []


def test_who_may_see_people_goes_from_a_line_to_them(at: At, head: Post) -> None:
    html = page(at(head), measure="people", by="language", **OWN)
    address = re.search(r'<th scope="row"[^>]*><a href="([^"]+)">Русский', html)
    assert address is not None
    assert any(name.startswith("Person") for name in names(unescape(at(head).get(address[1]).content.decode())))


def test_the_officer_sees_no_people_and_no_small_groups(at: At, officer: Post) -> None:
    assert "Select a valid choice" in page(at(officer), measure="people", by="person")
    for words in ({"by": "age", "then": "language"}, {"by": "age", "language": "ru"}, {"of": "late"}, OWN):
        assert "whole months only" in page(at(officer), measure="visits", **words)
    html = page(at(officer), measure="people", by="age", period="this_year")
    assert "kept back" in html
    cells = re.findall(r'<td class="n"[^>]*>(.*?)</td>', html)
    assert not [cell for cell in cells if cell.isdigit() and 0 < int(cell) < 10]
    assert "by=person" not in html
    sheet = at(officer).get(f"{PAGE}answer.csv?measure=people&by=age&period=this_year").content.decode()
    assert "kept back" in sheet


def test_an_answer_is_taken_away_as_a_file(at: At, head: Post) -> None:
    words = urlencode({"measure": "visits", "by": "worker", **OWN})
    assert at(head).get(f"{PAGE}answer.xlsx?{words}").content.startswith(b"PK")
    assert "Worker0" in at(head).get(f"{PAGE}answer.csv?{words}").content.decode()


def test_a_question_is_kept_shared_and_taken_away_by_its_owner_only(at: At, head: Post, officer: Post) -> None:
    words = {"measure": "people", "by": "age", "period": "last_month"}
    at(head).post(f"{PAGE}save/", {**words, "name": "By age", "is_shared": "1"})
    at(head).post(f"{PAGE}save/", {**words, "name": "Mine"})
    at(head).post(f"{PAGE}save/", {**words, "name": ""})
    at(head).post(f"{PAGE}save/", {"measure": "cats", "name": "Cats"})
    assert SavedQuestion.objects.count() == 2
    found = page(at(officer))
    assert "By age" in found
    assert "Mine" not in found
    assert "By age" not in page(at(post("Helga", "head", "Šventoji")))
    kept = SavedQuestion.objects.get(name="By age")
    assert at(officer).post(f"{PAGE}{kept.pk}/drop/").status_code == 404
    at(head).post(f"{PAGE}{kept.pk}/drop/")
    assert not SavedQuestion.objects.filter(pk=kept.pk).exists()


def test_an_answer_comes_by_letter_once_a_month_until_it_is_stopped(
    at: At, head: Post, officer: Post, frozen: time_machine.Traveller
) -> None:
    at(head).post(f"{PAGE}save/", {"measure": "people", "by": "age", "name": "By age", "is_shared": "1"})
    kept = SavedQuestion.objects.get()
    at(officer).post(f"{PAGE}{kept.pk}/letters/", {"rhythm": "monthly"})
    assert not QuestionWish.objects.exists()  # there is no address to send it to
    for one in (head, officer):
        one.user.email = f"{one.user.username}@example.lt"
        one.user.save()
        at(one).post(f"{PAGE}{kept.pk}/letters/", {"rhythm": "monthly"})
    assert letters.send_what_is_due() == 2
    assert letters.send_what_is_due() == 0
    first, second = sorted(mail.outbox, key=lambda letter: letter.to[0])
    assert first.to == ["hanna@example.lt"]
    assert "/registry/questions/?measure=people" in first.body
    assert "Person 1" not in first.body
    assert "–" in second.body
    frozen.move_to("2026-12-02 10:00Z")
    token = QuestionWish.objects.get(user=head.user).token
    assert at(head).get(f"{PAGE}no-letters/{token}/").status_code == 200
    assert QuestionWish.objects.count() == 2
    Client(enforce_csrf_checks=True).post(f"{PAGE}no-letters/{token}/")
    officer.delete()
    assert letters.send_what_is_due() == 0
    assert not QuestionWish.objects.exists()


THREE: tuple[dict[str, str], ...] = (
    {"measure": "planned", "by": "worker"},
    {"measure": "visits", "period": "last_quarter", "by": "age", "of": "nobody_opened", "of2": "aged_80"},
    {"measure": "to_decision", "days": "5", **OWN, "by": "month"},
)


@pytest.mark.parametrize("words", THREE)
def test_three_questions_are_put_together_from_the_fields_of_the_page(
    at: At, head: Post, words: dict[str, str]
) -> None:
    html = page(at(head))
    assert len(words) <= 6
    for name, value in words.items():
        field = re.search(rf'<select[^>]* name="{name}".*?</select>|<input[^>]* name="{name}"[^>]*>', html, re.S)
        assert field is not None
        assert field[0].startswith("<input") or f'<option value="{value}"' in field[0]
    usual = dict.fromkeys(("compare", "then", "district", "language", "outcome", "since", "until", "of2"), "")
    assert "In all" in names(page(at(head), **usual | words))  # a browser sends the empty fields, too


def test_an_answer_costs_the_same_for_many(at: At, head: Post, django_assert_max_num_queries: Any) -> None:
    browser = at(head)
    page(browser, measure="done", by="group", **OWN)
    with django_assert_max_num_queries(24):
        page(browser, measure="done", by="group", **OWN)
