"""A resident's way without scripts: ask, wait, write, end, rate, come back, delete."""

from __future__ import annotations

import re
from typing import Any
from unittest import mock
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from charter.feedback.models import Rating
from chat import limits
from chat.actions import consultations
from chat.models import Consultation, Event, State
from kb.models import CrisisWord
from portal.core.throttling import Limit
from tests.chat import ground
from tests.people import bob

pytestmark = pytest.mark.django_db
QUESTION = {"text": "Kada mokėsite kompensaciją?", "language": "lt"}
CODES = re.compile(r'receipt__code">([^<]+)<')


def sent(client: Client, **fields: str) -> str:
    """The address of the conversation that the form has begun."""
    answer = client.post("/lt/chat/", QUESTION | {"key": str(uuid4())} | fields)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_alice_asks_and_sees_her_place_and_her_receipt(client: Client) -> None:
    page = page_of(client, sent(client))

    consultation = Consultation.objects.get()
    assert QUESTION["text"] in page
    assert CODES.findall(page)[0] == consultation.reference
    assert consultation.state == State.WAITING


def test_a_page_of_hers_is_kept_nowhere_on_the_way(client: Client) -> None:
    assert client.get(sent(client))["Cache-Control"] == "no-store"


def test_a_word_not_kept_is_told_from_the_conversation_with_its_number(client: Client) -> None:
    page = page_of(client, sent(client, text="Where is the bus?"))
    reference = Consultation.objects.get().reference

    assert f'href="/lt/appeals/?promise=first_reply_within_seconds&amp;subject={reference}"' in page


def test_an_empty_question_comes_back_with_what_was_typed(client: Client) -> None:
    answer = client.post("/lt/chat/", {"key": str(uuid4()), "text": " ", "language": "ru", "name": "Alina"})
    page = answer.content.decode()

    assert 'href="#text"' in page
    assert 'value="Alina"' in page
    assert not Consultation.objects.exists()


def test_looking_first_sends_nothing(client: Client) -> None:
    answer = client.post("/lt/chat/", QUESTION | {"key": str(uuid4()), "look": "1"})

    assert QUESTION["text"] in answer.content.decode()
    assert not Consultation.objects.exists()


def test_when_too_many_begin_at_once_nothing_typed_is_lost(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "NEW_CONVERSATIONS", Limit("chat-new", 0, 3600))
    answer = client.post("/lt/chat/", QUESTION | {"key": str(uuid4()), "name": "Alina"})

    assert answer.status_code == 429
    assert answer["Retry-After"] == "3600"
    assert QUESTION["text"] in answer.content.decode()
    assert not Consultation.objects.exists()


def test_an_old_form_is_given_back_with_its_words_and_works(client: Client) -> None:
    key = str(uuid4())
    with time_machine.travel("2026-11-24 10:00+02:00", tick=False) as time:
        sent(client, key=key)
        time.shift(60 * 60)
        answer = client.post("/lt/chat/", QUESTION | {"key": key, "text": "Jau kitas klausimas"})
        page = answer.content.decode()

    assert answer.status_code == 409
    assert "Jau kitas klausimas" in page
    assert key not in page
    assert Consultation.objects.count() == 1


@pytest.mark.parametrize("damage", ["search=abc", "search=-1", "service=" + "x" * 200])
def test_a_damaged_link_hinders_nobody(client: Client, damage: str) -> None:
    form = client.get(f"/lt/chat/?{damage}").context["value"]
    answer = client.post("/lt/chat/", form | QUESTION)

    assert answer.status_code == 302, answer.content.decode()


def test_what_came_along_is_in_the_form(client: Client) -> None:
    page = page_of(client, "/lt/chat/?words=lova+seneliui&topic=x")
    assert "lova seneliui</textarea>" in page


def test_words_of_danger_bring_the_crisis_card_before_anything_is_sent(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        CrisisWord.objects.create(language="lt", text="nusižudyti")

    fragment = client.post("/lt/chat/answers/", {"text": "Noriu nusižudyti"}).content.decode()

    assert "tel:112" in fragment


def test_the_form_sent_twice_leads_to_the_same_conversation(client: Client) -> None:
    key = str(uuid4())
    assert sent(client, key=key) == sent(client, key=key)


def test_alice_adds_a_message(client: Client) -> None:
    address = sent(client)
    answer = client.post(f"{address}events", {"text": "Ir dar vienas", "client_id": str(uuid4())})

    assert answer.status_code == 302
    assert "Ir dar vienas" in page_of(client, address)


def test_an_empty_message_is_named_and_nothing_is_lost(client: Client) -> None:
    address = sent(client)
    answer = client.post(f"{address}events", {"text": "a" * 4001, "client_id": str(uuid4())})

    assert answer.status_code == 422
    assert "a" * 4001 in answer.content.decode()


def test_a_message_after_the_end_is_shown_back(client: Client) -> None:
    address = sent(client)
    consultations.close(consultations.claim(Consultation.objects.get(), by=bob()), by=bob())

    answer = client.post(f"{address}events", {"text": "Dar klausimas", "client_id": str(uuid4())})

    assert answer.status_code == 409
    assert "Dar klausimas" in answer.content.decode()


def test_programs_get_numbers_and_codes(client: Client) -> None:
    address, client_id = sent(client), str(uuid4())

    def post(text: str) -> tuple[int, dict[str, object]]:
        fields = {"text": text, "client_id": client_id}
        answer = client.post(f"{address}events", fields, headers={"Accept": "application/json"})
        return answer.status_code, answer.json()

    first = post("Labas")
    assert (first[0], first[1]["sequence"], first[1]["duplicate"]) == (201, 2, False)
    assert post("Labas") == (200, first[1] | {"duplicate": True})
    assert post("Kitas") == (409, {"code": "conflict"})


def test_a_poll_gets_what_came_after_a_number(client: Client) -> None:
    address = sent(client)
    ground.alice_writes(Consultation.objects.get(), "Antras")

    found = client.get(f"{address}events?since=1").json()

    assert [event["text"] for event in found["events"]] == ["Antras"]
    assert (found["head"], found["state"]) == (2, "waiting")


def test_twenty_messages_a_minute_are_enough(client: Client) -> None:
    address = sent(client)
    answers = [
        client.post(
            f"{address}events", {"text": "x", "client_id": str(uuid4())}, headers={"Accept": "application/json"}
        )
        for _ in range(21)
    ]
    assert [answer.status_code for answer in answers[-2:]] == [201, 429]
    assert Event.objects.count() == 21


def test_alice_ends_rates_and_is_counted_once(client: Client) -> None:
    address = sent(client)
    consultations.claim(Consultation.objects.get(), by=bob())
    client.post(f"{address}end/")

    for score in ("5", "1"):
        client.post(f"{address}rate/", {"score": score, "text": "Ačiū"})

    assert Rating.objects.get().score == 5
    assert "score-5" not in page_of(client, address)


def test_the_four_areas_are_asked_after_a_conversation_too(client: Client) -> None:
    address = sent(client)
    consultations.claim(Consultation.objects.get(), by=bob())
    client.post(f"{address}end/")

    client.post(f"{address}rate/", {"score": "4", "communication": "5"})

    assert Rating.objects.values_list("communication", "channel").get() == (5, "chat")


def test_a_rating_without_a_face_keeps_the_words(client: Client) -> None:
    address = sent(client)
    consultations.claim(Consultation.objects.get(), by=bob())
    client.post(f"{address}end/")

    answer = client.post(f"{address}rate/", {"text": "Gerai"})

    assert ">Gerai</textarea>" in answer.content.decode()
    assert not Rating.objects.exists()


def test_the_receipt_opens_it_on_another_device(client: Client) -> None:
    address = sent(client)
    reference, secret = CODES.findall(page_of(client, address))
    library = Client()

    answer = library.post("/ru/chat/resume/", {"reference": reference.lower(), "secret": secret.lower()})

    assert answer.status_code == 302
    page = page_of(library, str(answer["Location"]))
    assert QUESTION["text"] in page
    assert secret not in page


def test_wrong_tries_are_braked_and_the_right_secret_never(client: Client) -> None:
    reference, secret = CODES.findall(page_of(client, sent(client)))
    guesser = Client()
    codes = [
        guesser.post("/lt/chat/resume/", {"reference": reference, "secret": f"wrong{n}"}).status_code for n in range(12)
    ]

    assert codes == [200] * 10 + [429] * 2
    assert guesser.post("/lt/chat/resume/", {"reference": reference, "secret": secret}).status_code == 302


def test_an_unknown_number_and_a_wrong_secret_look_the_same(client: Client) -> None:
    reference, _ = CODES.findall(page_of(client, sent(client)))
    pages = [
        Client().post("/lt/chat/resume/", {"reference": typed, "secret": "0000000000000000"}).content.decode()
        for typed in (reference, "K0000-0000")
    ]
    cleaned = [re.sub(r'value="[^"]*"', "", page) for page in pages]
    assert cleaned[0] == cleaned[1]


def test_leaving_a_shared_computer_closes_the_door(client: Client) -> None:
    address = sent(client)
    client.post("/lt/chat/leave/")

    assert client.get(address).status_code == 404


def test_alice_deletes_what_was_said(client: Client) -> None:
    address = sent(client)
    client.post(f"{address}erase/")
    assert Event.objects.exists(), "what goes on can't be deleted"
    client.post(f"{address}end/")

    assert client.post(f"{address}erase/")["Location"].endswith("/chat/erased/")
    assert not Event.objects.exists()
    assert client.get(address).status_code == 404


def test_what_became_a_request_is_kept_and_the_page_says_until_when(client: Client) -> None:
    address = sent(client)
    client.post(f"{address}end/")
    reference = Consultation.objects.get().reference
    with mock.patch("chat.actions.consultations.case_links.everything") as links:
        links.return_value.filter.return_value.exists.return_value = True
        client.post(f"{address}erase/")
        page = page_of(client, f"{address}erase/")

    links.return_value.filter.assert_called_with(consultation_reference=reference)
    assert Event.objects.exists()
    assert '<form method="post">' not in page


def test_while_it_goes_on_no_day_is_named_for_a_conversation_that_became_a_request(client: Client) -> None:
    address = sent(client)
    with mock.patch("chat.actions.consultations.case_links.everything") as links:
        links.return_value.filter.return_value.exists.return_value = True
        page = page_of(client, f"{address}erase/".replace("/lt/", "/en/"))

    assert "kept for some time after its end" in page
    assert "kept until" not in page


@pytest.mark.parametrize("rest", ["", "events", "transcript/", "end/", "rate/", "erase/", "request/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_foreign_conversation_is_not_there_at_any_address(client: Client, rest: str, method: str) -> None:
    foreign = ground.alice_asks().consultation.public_id
    sent(client)

    answer = getattr(client, method)(f"/lt/chat/{foreign}/{rest}", {"text": "x", "client_id": str(uuid4()), "score": 5})

    assert answer.status_code in {404, 405}
    assert foreign not in answer.content.decode().replace(f"/chat/{foreign}/{rest}", "")
    assert Event.objects.count() == 2


@pytest.mark.parametrize("language", ["lt", "ru", "en", "uk"])
def test_each_page_speaks_each_language(client: Client, language: str) -> None:
    address = sent(client).replace("/lt/", f"/{language}/")
    for rest in ("", "transcript/", "end/", "erase/"):
        assert f'<html lang="{language}"' in page_of(client, address + rest)


def test_the_language_of_the_answers_is_named_in_the_language_of_the_page(client: Client) -> None:
    assert "Мова відповідей: литовська." in page_of(client, sent(client).replace("/lt/", "/uk/"))
