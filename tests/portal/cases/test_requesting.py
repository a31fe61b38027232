"""A resident asks for a service alone, at night, with an old phone – and has a receipt for one request."""

import json
import re
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from charter.models import Service
from portal.cases import access, mandates
from portal.cases.models import Draft, FieldKind, Kind, Mandate, OutboxItem, Place, RequestField, RequestPlan
from portal.core.crypto import decrypt
from portal.core.translations import rows
from tests.portal.cases.moody import MoodyRegistry

pytestmark = pytest.mark.django_db
ORIGIN: dict[str, Any] = {"HTTP_SEC_FETCH_SITE": "same-origin"}
ASK = "/en/case/ask/"


def said(**changes: str) -> dict[str, Any]:
    facts = {"key": str(uuid4()), "service": "pagalba", "whom": "self", "name": "Alice", "phone": "+37060000000"}
    return facts | changes


def behalf(**changes: str) -> dict[str, Any]:
    return said(whom="other", helper="Dan", role="child", right="notary", until="2099-01-01", **changes)


def post(client: Client, facts: dict[str, Any]) -> Any:
    return client.post(ASK, facts, **ORIGIN)


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def receipt_in(html: str) -> list[str]:
    return re.findall(r'receipt__code">([^<]+)<', html)


def test_the_service_of_the_page_before_is_chosen_already(client: Client, town: None) -> None:
    assert '<option value="pagalba" selected>' in client.get(ASK + "?service=pagalba").content.decode()
    handed_over = post(client, {"service": "pagalba", "text": "Result: 14 points"}).content.decode()
    assert '<option value="pagalba" selected>' in handed_over
    assert 'name="text" value="Result: 14 points"' in handed_over


def test_who_asks_for_themselves_is_not_asked_for_a_right(client: Client, town: None) -> None:
    html = post(client, {"key": str(uuid4()), "service": "pagalba", "whom": "self", "go": "start"}).content.decode()
    assert "What the office needs to know" in html
    assert "What gives you the right" not in html


def test_who_asks_for_somebody_else_is_asked_for_their_right_on_a_page_of_its_own(client: Client, town: None) -> None:
    facts = {"key": str(uuid4()), "service": "pagalba", "whom": "other", "go": "start"}
    assert "What gives you the right" in post(client, facts).content.decode()
    wrong = post(client, facts | {"go": "mandate", "helper": "Dan", "role": "child", "until": "2020-01-01"})
    assert wrong.status_code == 422
    assert 'href="#id_until"' in wrong.content.decode()
    assert "Choose what gives you the right" in wrong.content.decode()


def test_nothing_is_kept_before_it_is_sent(client: Client, town: None) -> None:
    assert "Look once more" in post(client, said(go="facts")).content.decode()
    assert not access.everything().exists()
    assert not Draft.objects.exists()


def test_a_changed_answer_leads_back_to_the_whole(client: Client, town: None) -> None:
    seen = said(looked="1")
    assert "What the office needs to know" in post(client, seen | {"change": "facts"}).content.decode()
    html = post(client, seen | {"name": "Alicia", "go": "facts"}).content.decode()
    assert "Look once more" in html
    assert "Alicia" in html


def test_a_request_opens_with_its_receipt(
    client: Client, town: None, registry: MoodyRegistry, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        html = post(client, said(send="1")).content.decode()
    reference, secret = receipt_in(html)
    assert access.everything().get().reference == reference
    other = Client()
    assert other.post("/en/case/", {"reference": reference, "secret": secret}, **ORIGIN).status_code == 302
    assert "Help at home" in other.get("/en/case/mine/").content.decode()


def test_the_same_form_sent_again_and_again_is_one_request(client: Client, town: None) -> None:
    facts = said(send="1")
    receipts = {tuple(receipt_in(post(client, facts).content.decode())) for _time in range(5)}
    assert len(receipts) == 1
    assert access.everything().count() == 1


def test_what_was_typed_survives_a_mistake(client: Client, town: None) -> None:
    answer = post(client, said(phone="", text="Stairs are hard.", go="facts"))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_phone"' in html
    assert "Stairs are hard." in html


def test_a_helper_gets_a_code_of_their_own_and_the_office_reads_their_right(
    client: Client, town: None, registry: MoodyRegistry
) -> None:
    reference, secret = receipt_in(post(client, behalf(send="1")).content.decode())
    assert mandates.name_of(Mandate.objects.get(link__reference=reference)) == "Dan"
    note = json.loads(decrypt(OutboxItem.objects.get(kind=Kind.NOTE).payload))["text"]
    assert "Dan" in note
    assert "2099-01-01" in note
    other = Client()
    assert other.post("/en/case/", {"reference": reference, "secret": secret}, **ORIGIN).status_code == 302


def test_what_is_missing_at_the_end_is_asked_for_and_nothing_is_sent(client: Client, town: None) -> None:
    answer = post(client, said(whom="other", send="1"))
    assert answer.status_code == 422
    assert "What gives you the right" in answer.content.decode()
    assert not access.everything().exists()


def test_what_is_saved_comes_back_with_its_code_and_is_one_draft(client: Client, town: None) -> None:
    facts = said(text="Stairs are hard.", save="facts")
    reference, secret = receipt_in(post(client, facts).content.decode())
    assert receipt_in(post(client, facts | {"name": "Alicia"}).content.decode()) == [reference, secret]
    assert "Alicia" not in Draft.objects.get().typed
    other = Client()
    html = other.post("/en/case/", {"reference": reference, "secret": secret}, **ORIGIN).content.decode()
    assert "Look once more" in html
    assert "Alicia" in html
    wrong = other.post("/en/case/", {"reference": reference, "secret": "0" * 16}, **ORIGIN).content.decode()
    assert "Alicia" not in wrong
    post(client, {name: value for name, value in facts.items() if name != "save"} | {"send": "1"})
    assert not Draft.objects.exists()


def test_a_service_asks_its_own_questions(client: Client, town: None) -> None:
    plan = RequestPlan.objects.create(code="pagalba", service=Service.objects.get())
    RequestField.objects.create(
        plan=plan, code="floor", kind=FieldKind.NUMBER, label_lt="Kelintame aukšte?", label_en="Which floor?"
    )
    RequestField.objects.create(
        plan=plan,
        code="often",
        kind=FieldKind.CHOICE,
        is_required=True,
        label_lt="Kaip dažnai?",
        label_en="How often?",
        choices_lt="Kasdien\nKartais",
        choices_en="Daily\nSometimes",
    )
    unanswered = post(client, said(go="facts", **{"f-floor": "five"})).content.decode()
    assert 'href="#id_f-floor"' in unanswered
    assert 'href="#id_f-often_0"' in unanswered
    answered = said(**{"f-floor": "5", "f-often": "1"})
    assert "How often?Sometimes" in words(post(client, answered | {"go": "facts"}).content.decode())
    post(client, answered | {"send": "1"})
    note = json.loads(decrypt(OutboxItem.objects.get(kind=Kind.NOTE).payload))["text"]
    assert "Kaip dažnai? Kartais" in note


def test_a_service_that_is_asked_for_elsewhere_says_where(client: Client, town: None) -> None:
    RequestPlan.objects.create(
        code="pagalba", service=Service.objects.get(), place=Place.SPIS, url="https://www.spis.example/", confidence="A"
    )
    html = client.get(ASK + "?service=pagalba").content.decode()
    assert 'href="https://www.spis.example/"' in html
    assert "Nobody has confirmed" not in html
    assert post(client, said(send="1")).status_code == 422
    assert not access.everything().exists()


def test_a_paper_that_will_be_brought_is_told_to_the_office(client: Client, town: None) -> None:
    rows(Service).filter(code="pagalba").update(documents_lt="Pažyma\nPasas", documents_en="Certificate\nPassport")
    assert "I will bring it: Passport" in words(post(client, said(go="facts")).content.decode())
    post(client, said(send="1") | {"bring-1": "1"})
    note = json.loads(decrypt(OutboxItem.objects.get(kind=Kind.NOTE).payload))["text"]
    assert "Pasas" in note
    assert "Pažyma" not in note


def test_a_good_paper_goes_along(client: Client, town: None) -> None:
    photo = SimpleUploadedFile("paper.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")
    assert post(client, said(send="1") | {"files": photo}).status_code == 200
    assert OutboxItem.objects.filter(kind=Kind.DOCUMENT).count() == 1


def test_a_dangerous_file_is_refused_and_nothing_is_registered(client: Client, town: None) -> None:
    bad = SimpleUploadedFile("virus.exe", b"MZ")
    assert post(client, said(send="1") | {"files": bad}).status_code == 422
    assert not access.everything().exists()


def test_a_name_alone_joins_nobody_to_anothers_cases(client: Client, town: None) -> None:
    for _time in range(2):
        post(client, said(send="1"))
    assert len(set(access.everything().values_list("person_link", flat=True))) == 2
