"""A resident says what happened and follows it; staff answer; everything without scripts."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.translation import override

from charter.feedback.appeals import access, handling
from charter.feedback.appeals.forms import standard_of
from charter.feedback.appeals.openings import OPENINGS
from charter.feedback.models import Appeal, AppealState
from charter.models import Institution, Role, ServiceStandard
from tests.factories.appeals import TEXT, appeal, promised, sent
from tests.factories.charter import institution
from tests.factories.city import furnished
from tests.people import bob, dan, mona, staff

pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _frozen() -> Iterator[None]:
    with time_machine.travel(dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC), tick=False):
        furnished()
        yield


def written(**fields: Any) -> dict[str, Any]:
    return {"key": str(uuid.uuid4()), "kind": "complaint", "text": TEXT, **fields}


def post(client: Client, path: str, data: dict[str, Any] | None = None, **more: Any) -> Any:
    return client.post(f"/en/appeals/{path}", data or {}, HTTP_SEC_FETCH_SITE="same-origin", **more)


def kspc() -> Institution:
    return Institution.objects.get(code="kspc")


def holding(client: Client, **fields: Any) -> Appeal:
    """Alice has opened her appeal with its receipt."""
    receipt = sent(**fields)
    assert post(client, "open/", {"reference": receipt.reference, "secret": receipt.secret}).status_code == 302
    return access.everything().get(reference=receipt.reference)


def test_alice_says_what_happened_looks_once_more_and_gets_a_receipt(client: Client) -> None:
    promised()
    form = written(name="Alice", institution="kspc")
    check = post(client, "", form).content.decode()
    assert "Look once more and send" in check
    assert TEXT in check
    assert not access.everything().exists()

    done = post(client, "", {**form, "send": "1"}).content.decode()

    one = access.everything().get()
    assert one.reference in done
    assert re.search(r"(?:[0-9A-Z]{4} ){3}[0-9A-Z]{4}", done)
    assert "You get an answer by" in done
    assert one.due_on == dt.date(2026, 12, 23)
    assert one.institution
    assert one.institution.code == "kspc"
    assert "Working day 0 of 20" in client.get("/en/appeals/mine/").content.decode()


def test_nothing_typed_is_lost_when_something_is_missing(client: Client) -> None:
    answer = post(client, "", written(kind="", contact="not an address"))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error:" in text
    assert "Choose one of the four." in text
    assert TEXT in text
    assert "not an address" in text


def test_a_wrong_file_is_refused_and_the_words_stay(client: Client) -> None:
    answer = post(client, "", {**written(), "send": "1", "files": SimpleUploadedFile("x.exe", b"MZ")})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Only PDF, JPG, PNG and DOCX" in text
    assert TEXT in text
    assert not access.everything().exists()


def test_a_broken_promise_is_named_and_kept_with_the_appeal(client: Client) -> None:
    promised()
    text = client.get("/en/appeals/?promise=C14").content.decode()
    assert "You tell us that this promise was not kept:" in text
    post(client, "", {**written(promise="C14"), "send": "1"})
    standard = access.everything().get().standard
    assert standard is not None
    assert standard.code == "S14"


def test_a_link_may_name_a_promise_by_what_it_measures_or_by_its_own_code_of_former_days() -> None:
    promised()
    ServiceStandard.objects.filter(code="S14").update(metric="first_reply_within_seconds")
    assert standard_of("first_reply_within_seconds") == standard_of("S14") == standard_of("C14") is not None
    ServiceStandard.objects.filter(code="S14").update(valid_from=dt.date(2020, 1, 1), valid_until=dt.date(2020, 12, 31))

    assert standard_of("first_reply_within_seconds") is standard_of("C14") is standard_of("") is None
    assert standard_of("S14") == ServiceStandard.objects.get(code="S14")


def test_an_institution_is_guessed_from_the_words(client: Client) -> None:
    institution("dane", name_en="Danė", short_name_lt="Danės centras", short_name_en="Dane centre")
    text = post(client, "", written(text="In the Danės centras nobody came")).content.decode()
    assert "We guessed it from your words." in text
    assert '<option value="dane" selected' in text


def test_a_wrong_secret_and_an_unknown_number_look_alike(client: Client) -> None:
    receipt = sent()
    wrong = post(client, "open/", {"reference": receipt.reference, "secret": "0000 0000 0000 0000"})
    unknown = post(client, "open/", {"reference": "A0000-0000", "secret": "0000 0000 0000 0000"})
    sentence = "This number and this code do not belong together."
    assert sentence in wrong.content.decode()
    assert sentence in unknown.content.decode()
    assert client.get("/en/appeals/mine/").status_code == 302


def test_alice_adds_a_paper_and_gets_it_back_and_bob_does_not(client: Client) -> None:
    one = holding(client)
    paper = SimpleUploadedFile("letter.pdf", b"%PDF-1.4")
    assert post(client, "mine/add/", {"text": "Here it is", "files": paper}).status_code == 302
    file = one.files.get()
    assert b"".join(client.get(f"/en/appeals/mine/files/{file.public_id}/").streaming_content) == b"%PDF-1.4"  # type: ignore[attr-defined]
    other = Client()
    assert other.get(f"/en/appeals/mine/files/{file.public_id}/").status_code == 302
    assert holding(other) != one
    assert other.get(f"/en/appeals/mine/files/{file.public_id}/").status_code == 404


def test_an_empty_addition_is_said_beside_the_field(client: Client) -> None:
    holding(client)
    answer = post(client, "mine/add/", {"text": " "})
    assert answer.status_code == 422
    assert "Write something or choose a file." in answer.content.decode()


def test_a_low_rating_has_somebody_else_look_at_it(client: Client) -> None:
    one = holding(client)
    handling.answer(one, "explained", "So it is.", by=mona())
    assert "So it is." in client.get("/en/appeals/mine/").content.decode()
    assert post(client, "mine/rate/", {}).status_code == 422
    answer = post(client, "mine/rate/", {"score": "1", "text": "No help"}, follow=True)
    assert "Somebody else who leads the office looks at it now." in answer.content.decode()


def test_alice_takes_it_back_and_leaves(client: Client) -> None:
    one = holding(client)
    assert "Take it back?" in client.get("/en/appeals/mine/withdraw/").content.decode()
    post(client, "mine/withdraw/")
    one.refresh_from_db()
    assert one.state == AppealState.WITHDRAWN
    post(client, "finish/")
    assert client.get("/en/appeals/mine/").status_code == 302


def test_another_site_cannot_send_for_alice(client: Client) -> None:
    answer = client.post("/en/appeals/", {**written(), "send": "1"}, HTTP_SEC_FETCH_SITE="cross-site")
    assert answer.status_code == 403
    assert not access.everything().exists()


def test_a_letter_says_only_that_there_is_news(client: Client, django_capture_on_commit_callbacks: Any) -> None:
    one = appeal(contact="alice@example.com", language="en")
    with django_capture_on_commit_callbacks(execute=True):
        handling.answer(one, "upheld", "The secret answer", by=mona())
    letter = mail.outbox[-1]
    assert letter.to == ["alice@example.com"]
    assert one.reference in letter.subject
    assert "secret answer" not in letter.body
    assert "/appeals/open/" in letter.body


def test_no_address_no_letter(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        handling.answer(appeal(contact="+370 600 00000"), "upheld", "Sorry", by=mona())
    assert not mail.outbox


def test_staff_answer_in_the_list_and_on_the_page(client: Client) -> None:
    one = appeal(institution=kspc())
    client.force_login(mona())
    assert one.reference in client.get("/en/appeals/staff/").content.decode()
    page = f"/en/appeals/staff/{one.public_id}/"
    assert TEXT in client.get(page).content.decode()

    wrong = client.post(f"{page}answer/", {"outcome": "", "answer": "Dear Alice"})
    assert wrong.status_code == 422
    assert "Choose what came of it." in wrong.content.decode()
    assert "Dear Alice" in wrong.content.decode()

    done = client.post(f"{page}answer/", {"outcome": "upheld", "answer": "Dear Alice"}, follow=True)
    assert "Answered." in done.content.decode()


@pytest.mark.parametrize(
    ("deed", "data", "says"),
    [
        ("take", {}, "You answer it."),
        ("note", {"note": "Call her"}, "The note is kept."),
        ("ask", {"question": "Which day?"}, "The clock stands until the resident adds it."),
        ("extend", {"days": "5", "reason": "Doctor"}, "The time limit is longer"),
        ("route", {"institution": "kspc"}, "Given to the institution."),
        ("pass-on", {"passed_to": "The ministry"}, "Passed on, and the resident reads to whom."),
        ("answer", {"outcome": "refused", "answer": "No"}, "It goes out as soon as a colleague has checked it."),
        ("confirm", {}, "This cannot be done any more"),
    ],
)
def test_everything_that_can_be_done_says_what_was_done(
    client: Client, deed: str, data: dict[str, str], says: str
) -> None:
    promised()
    one = appeal()
    client.force_login(mona())
    answer = client.post(f"/en/appeals/staff/{one.public_id}/{deed}/", data, follow=True)
    assert says in answer.content.decode()


@pytest.mark.parametrize("deed", ["note", "ask", "extend", "route", "pass-on", "return"])
def test_what_is_missing_is_said_and_nothing_happens(client: Client, deed: str) -> None:
    one = appeal()
    handling.answer(one, "refused", "No", by=staff("Otto", Role.MANAGER))
    client.force_login(mona())
    answer = client.post(f"/en/appeals/staff/{one.public_id}/{deed}/", {})
    assert answer.status_code == 422
    assert "error-summary" in answer.content.decode()


def test_others_stay_outside(client: Client) -> None:
    one = appeal(institution=institution("rytas", slug_en="rytas-en"))
    page = f"/en/appeals/staff/{one.public_id}/"
    assert client.get(page).status_code == 302
    for person, answer in ((dan(), 403), (bob(), 403), (staff("Vida", Role.MANAGER, institution=kspc()), 404)):
        client.force_login(person)
        assert client.get(page).status_code == answer
        assert client.post(f"{page}take/").status_code == answer


def test_bob_enters_what_somebody_said_by_phone(client: Client) -> None:
    promised(days=3)
    client.force_login(bob())
    form = written(channel="phone", received_on="2026-11-20", language="uk")
    wrong = client.post("/en/appeals/staff/enter/", {**form, "received_on": "2026-12-24"})
    assert "This day has not come yet." in wrong.content.decode()
    done = client.post("/en/appeals/staff/enter/", form)
    one = access.everything().get()
    assert one.reference in done.content.decode()
    assert (one.channel, one.language, one.due_on) == ("phone", "uk", dt.date(2026, 11, 25))


def test_the_list_can_be_searched_and_grouped(client: Client) -> None:
    appeal(text="The worker never came")
    appeal(text="The bill is wrong")
    client.force_login(mona())
    for group, words, many in (
        ("open", "", 2),
        ("open", "bill", 1),
        ("late", "", 0),
        ("closed", "", 0),
        ("all", "", 2),
    ):
        answer = client.get("/en/appeals/staff/", {"group": group, "words": words})
        assert len(answer.context["rows"]) == many


def test_an_answer_begins_with_a_text_in_the_language_of_whoever_wrote(client: Client) -> None:
    one = appeal(language="ru")
    client.force_login(mona())
    page = client.get(f"/en/appeals/staff/{one.public_id}/")
    assert "?begin=partly" in page.content.decode()
    begun = client.get(f"/en/appeals/staff/{one.public_id}/", {"begin": "partly"})
    with override("ru"):
        assert begun.context["typed"]["answer"] == str(OPENINGS[1].text)
    assert begun.context["typed"]["outcome"] == "partly"
    assert not client.get(f"/en/appeals/staff/{one.public_id}/", {"begin": "weather"}).context["typed"]
