"""A resident asks for a service alone, at night, with an old phone – and has a receipt for one request."""

import json
import re
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from charter.models import Service
from portal.cases import access
from portal.cases.models import Kind, OutboxItem
from portal.core.crypto import decrypt
from portal.core.translations import rows
from tests.portal.cases.moody import MoodyRegistry

pytestmark = pytest.mark.django_db
ORIGIN: dict[str, Any] = {"HTTP_SEC_FETCH_SITE": "same-origin"}
ASK = "/en/case/ask/"


def said(**changes: str) -> dict[str, Any]:
    facts = {"key": str(uuid4()), "service": "pagalba", "whom": "self", "name": "Alice", "phone": "+37060000000"}
    return facts | changes


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
    assert "Result: 14 points</textarea>" in handed_over


def test_who_asks_for_themselves_sends_no_right_they_wrote_by_mistake(client: Client, town: None) -> None:
    html = post(client, said(check="1", role="daughter", until="2020-01-01")).content.decode()
    assert "Look once more" in html
    assert "daughter" not in words(html)


def test_nothing_is_kept_before_it_is_sent(client: Client, town: None) -> None:
    assert "Look once more" in post(client, said(check="1")).content.decode()
    assert not access.everything().exists()


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
    answer = post(client, said(phone="", text="Stairs are hard.", check="1"))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_phone"' in html
    assert "Stairs are hard." in html


def test_who_asks_for_somebody_else_says_with_what_right(client: Client, town: None) -> None:
    assert "what gives you the right" in post(client, said(whom="other", check="1")).content.decode()
    assert post(client, said(whom="other", role="Daughter", until="2020-01-01", check="1")).status_code == 422
    assert post(client, said(whom="other", role="Daughter", until="2099-01-01", send="1")).status_code == 200
    note = json.loads(decrypt(OutboxItem.objects.get(kind=Kind.NOTE).payload))
    assert "Daughter" in note["text"]
    assert "2099-01-01" in note["text"]


def test_a_paper_that_will_be_brought_is_told_to_the_office(client: Client, town: None) -> None:
    rows(Service).filter(code="pagalba").update(documents_lt="Pažyma\nPasas", documents_en="Certificate\nPassport")
    assert "I will bring it: Passport" in words(post(client, said(check="1")).content.decode())
    post(client, said(send="1") | {"bring-1": "1"})
    note = json.loads(decrypt(OutboxItem.objects.get(kind=Kind.NOTE).payload))["text"]
    assert "Passport" in note
    assert "Certificate" not in note


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
