"""A resident sees their case with the receipt alone – and nobody else does."""

import datetime as dt
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portal.cases import access, asking, handling, outbox, views
from portal.cases.handling import Why
from portal.cases.models import CaseLink, OutboxItem
from portal.cases.registries.facts import Applicant, Status
from portal.core.models import User
from portal.core.receipts import Receipt
from portal.core.throttling import Limit
from tests.portal.cases.conftest import Register
from tests.portal.cases.moody import MoodyRegistry

pytestmark = pytest.mark.django_db
ORIGIN: dict[str, Any] = {"HTTP_SEC_FETCH_SITE": "same-origin"}
START, CASE = "/en/case/", "/en/case/mine/"


def look_up(client: Client, reference: str, secret: str, **more: Any) -> Any:
    return client.post(START, {"reference": reference, "secret": secret}, **ORIGIN, **more)


@pytest.fixture
def alice(client: Client, receipt: Receipt) -> Client:
    look_up(client, receipt.reference, receipt.secret)
    return client


def page(client: Client, address: str = CASE) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def test_the_receipt_opens_the_case(client: Client, receipt: Receipt) -> None:
    assert look_up(client, receipt.reference, receipt.secret)["Location"] == CASE
    told = words(page(client))
    assert "Case D-0001" in told
    assert "Help at home" in told
    assert "Your request has been received" in told


def test_a_broken_promise_is_told_from_the_case_with_its_standard_and_number(alice: Client, receipt: Receipt) -> None:
    assert f'href="/en/appeals/?promise=S08&amp;subject={receipt.reference}"' in page(alice)

    CaseLink.objects.update(standard="", promised_days=None)
    assert "/appeals/?promise=" not in page(alice)


def test_typing_is_forgiven(client: Client, receipt: Receipt) -> None:
    typed = receipt.reference.lower().replace("-", " "), receipt.spaced_secret.lower()
    assert look_up(client, *typed).status_code == 302


def test_unknown_and_wrong_get_the_same_answer(client: Client, receipt: Receipt, register: Register) -> None:
    other = register()
    CaseLink.objects.filter(reference=other.reference).delete()
    wrong = look_up(client, receipt.reference, other.secret).content.decode()
    unknown = look_up(client, other.reference, other.secret).content.decode()
    assert "do not belong together" in wrong
    assert wrong.replace(receipt.reference, "") == unknown.replace(other.reference, "")


def test_a_guesser_is_slowed_down_and_the_holder_never(client: Client, receipt: Receipt) -> None:
    answers = [look_up(client, receipt.reference, "0" * 16).status_code for _ in range(11)]
    assert answers == [200] * 10 + [429]
    assert look_up(client, receipt.reference, receipt.secret).status_code == 302


def test_what_is_wrong_with_the_typing_is_said_beside_the_field(client: Client, db: None) -> None:
    html = look_up(client, "B12", "").content.decode()
    assert "<title>Error:" in html
    assert 'href="#reference"' in html
    assert 'href="#secret"' in html


def test_a_secret_is_never_written_back_into_the_page(client: Client, receipt: Receipt) -> None:
    assert "SECRETSECRETSECR" not in look_up(client, receipt.reference, "SECRETSECRETSECR").content.decode()


def test_another_site_cannot_send_the_form(client: Client, receipt: Receipt) -> None:
    fields = {"reference": receipt.reference, "secret": receipt.secret}
    assert client.post(START, fields, HTTP_SEC_FETCH_SITE="cross-site").status_code == 403


def test_the_look_up_sets_no_cookie(client: Client, town: None) -> None:
    assert not client.get(START).cookies


def test_without_the_grant_every_address_leads_to_the_look_up(client: Client, db: None) -> None:
    for address in (CASE, f"{CASE}withdraw/", f"{CASE}documents/1/"):
        assert client.get(address)["Location"] == START
    assert client.post(f"{CASE}answer/", {"text": "x"}, **ORIGIN)["Location"] == START


def test_two_residents_never_see_each_others_case(alice: Client, register: Register, registry: MoodyRegistry) -> None:
    other = register(service="pagalba", person=Applicant("Dan"))
    dan = Client()
    look_up(dan, other.reference, other.secret)
    assert "D-0001" in page(alice)
    assert "D-0001" not in page(dan)
    assert "D-0002" in page(dan)


def test_personal_pages_are_kept_nowhere(alice: Client) -> None:
    assert alice.get(CASE)["Cache-Control"] == "no-store"


def test_finishing_forgets_the_grant(alice: Client) -> None:
    response = alice.post("/en/case/finish/", **ORIGIN)
    assert "You have left your case" in alice.get(response["Location"]).content.decode()
    assert alice.get(CASE)["Location"] == START


def test_an_open_case_is_shown_at_once(alice: Client) -> None:
    assert alice.get(START)["Location"] == CASE


@pytest.mark.parametrize("mood", ["down", "slow", "html", "foreign"])
def test_whatever_the_registry_does_the_page_comes_with_the_last_known_state(
    monkeypatch: pytest.MonkeyPatch, alice: Client, registry: MoodyRegistry, mood: str
) -> None:
    monkeypatch.setattr(asking, "PAGE", 0.2)
    registry.mood = mood
    told = words(page(alice))
    assert "does not answer just now" in told
    assert "Case D-0001" in told
    assert "Dan’s secret" not in told


def test_a_request_that_has_not_arrived_says_so(
    monkeypatch: pytest.MonkeyPatch, client: Client, registry: MoodyRegistry, register: Register
) -> None:
    registry.mood = "down"
    receipt = register()
    look_up(client, receipt.reference, receipt.secret)
    told = words(page(client))
    assert "being passed on" in told
    assert f"Receipt {receipt.reference}" in told
    assert "D-0001" not in told


def test_the_days_are_told_and_drawn(time: Any, alice: Client) -> None:
    time.shift(dt.timedelta(days=12))
    look_up(alice, *_again(alice))
    html = page(alice)
    assert "Day 12 of 20" in words(html)
    assert "8 days are left" in words(html)
    assert html.count('class="is-gone"') == 13  # twelve cells and the key


def _again(alice: Client) -> tuple[str, str]:
    """Alice's receipt, typed anew after her grant ran out."""
    link = CaseLink.objects.get()
    receipt = Receipt(link.reference, "0123456789ABCDEF")
    from portal.core import receipts

    CaseLink.objects.update(secret_digest=receipts.digest(receipt.secret))
    return receipt.reference, receipt.secret


def test_what_the_office_needs_stands_first_with_its_day(alice: Client, registry: MoodyRegistry) -> None:
    registry.ask("D-0001", "Pajamų pažyma SP-2", until=dt.date(2026, 12, 4))
    html = page(alice)
    assert '<span lang="lt">Pajamų pažyma SP-2</span>' in html
    assert "Send it by 4 December 2026." in words(html)
    assert "The clock has stood since" in words(html)


def test_the_answer_and_its_paper_reach_the_office_once(
    alice: Client, registry: MoodyRegistry, link: CaseLink, django_capture_on_commit_callbacks: Any
) -> None:
    asked = registry.ask("D-0001", "SP-2")
    for _ in range(3):
        paper = SimpleUploadedFile("sp2.pdf", b"%PDF-1.7")
        with django_capture_on_commit_callbacks(execute=True):
            answer = alice.post(f"{CASE}answer/", {"enquiry": asked, "text": "Here.", "files": paper}, **ORIGIN)
        assert answer.status_code == 302
    assert "Received" in words(page(alice, answer["Location"]))
    assert [document.name for document in registry.documents("D-0001", person=link.person_link)] == ["sp2.pdf"]  # type: ignore[arg-type]
    assert registry.get_case("D-0001", person=link.person_link).status == Status.WORKING  # type: ignore[arg-type]
    assert OutboxItem.objects.count() == 3


def test_an_empty_answer_keeps_the_page_and_says_what_to_do(alice: Client, registry: MoodyRegistry) -> None:
    asked = registry.ask("D-0001", "SP-2")
    html = alice.post(f"{CASE}answer/", {"enquiry": asked, "text": " "}, **ORIGIN).content.decode()
    assert f'href="#text-{asked}"' in html
    assert "Write your answer or choose a file." in html


def test_a_refused_file_keeps_what_was_typed(alice: Client, registry: MoodyRegistry) -> None:
    asked = registry.ask("D-0001", "SP-2")
    sent = {"enquiry": asked, "text": "My words", "files": SimpleUploadedFile("virus.exe", b"MZ")}
    html = alice.post(f"{CASE}answer/", sent, **ORIGIN).content.decode()
    assert "My words" in html
    assert "Only PDF" in html
    assert OutboxItem.objects.count() == 1


def test_too_many_answers_in_an_hour_keep_what_was_typed(
    alice: Client, registry: MoodyRegistry, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = registry.ask("D-0001", "SP-2")
    monkeypatch.setattr(views, "SENDING", Limit("case-sending", 0, 3600))
    answer = alice.post(f"{CASE}answer/", {"enquiry": asked, "text": "My letter from the bank."}, **ORIGIN)

    assert (answer.status_code, answer["Retry-After"]) == (429, "3600")
    assert "My letter from the bank." in answer.content.decode()


def test_while_an_answer_is_on_its_way_it_is_not_asked_again(alice: Client, registry: MoodyRegistry) -> None:
    asked = registry.ask("D-0001", "SP-2")
    alice.post(f"{CASE}answer/", {"enquiry": asked, "text": "Here."}, **ORIGIN)
    assert "Your answer is on its way" in words(page(alice))


def test_a_decision_is_told_with_its_reason_and_the_promise(alice: Client, registry: MoodyRegistry) -> None:
    registry.move("D-0001", Status.REFUSED, "Pajamos per didelės.")
    told = words(page(alice))
    assert "Decided: you do not get it" in told
    assert "Pajamos per didelės." in told
    assert "in time" in told


def test_what_was_said_about_it_is_shown(alice: Client, registry: MoodyRegistry) -> None:
    registry.tell("D-0001", "Atvyksime antradienį.")
    assert "Atvyksime antradienį." in page(alice)


def test_the_resident_sees_which_office_opened_it_and_why_but_no_name(alice: Client, link: CaseLink, bob: User) -> None:
    handling.open_case(link, by=bob, why=Why("question", "You phoned."))
    told = words(page(alice))
    assert "consultant, Social Support Centre: The person asks about their request – You phoned." in told
    assert "Bob" not in told


def test_a_paper_of_the_case_can_be_saved(
    alice: Client, registry: MoodyRegistry, django_capture_on_commit_callbacks: Any
) -> None:
    asked = registry.ask("D-0001", "SP-2")
    with django_capture_on_commit_callbacks(execute=True):
        paper = SimpleUploadedFile("sp2.pdf", b"%PDF-1.7")
        alice.post(f"{CASE}answer/", {"enquiry": asked, "files": paper}, **ORIGIN)
    assert alice.get(f"{CASE}documents/P-2/").status_code == 404
    response = alice.get(f"{CASE}documents/P-1/")
    assert response["Content-Disposition"].startswith("attachment")
    response.close()


def test_a_paper_while_the_registry_is_down_is_offered_later(
    monkeypatch: pytest.MonkeyPatch, alice: Client, registry: MoodyRegistry
) -> None:
    monkeypatch.setattr(registry, "documents", None)
    assert "cannot be opened just now" in page(alice, f"{CASE}documents/P-1/")


def test_a_request_can_be_withdrawn_after_asking_once_more(
    alice: Client, registry: MoodyRegistry, link: CaseLink, django_capture_on_commit_callbacks: Any
) -> None:
    assert "The office will stop working on it" in page(alice, f"{CASE}withdraw/")
    with django_capture_on_commit_callbacks(execute=True):
        alice.post(f"{CASE}withdraw/", **ORIGIN)
    assert "You withdrew the request" in words(page(alice))
    assert alice.get(f"{CASE}withdraw/")["Location"] == CASE


def test_a_case_that_is_gone_is_a_case_no_more(alice: Client) -> None:
    access.everything().delete()
    assert alice.get(CASE)["Location"] == START


def test_what_was_given_up_is_not_hidden_from_the_resident(alice: Client) -> None:
    OutboxItem.objects.update(progress="dead")
    assert "has not reached the office" in words(page(alice))


def test_nothing_was_sent_twice(alice: Client) -> None:
    assert outbox.deliver_due() == 0


def test_the_page_has_its_query_budget(
    settings: Any, register: Register, client: Client, django_assert_max_num_queries: Any
) -> None:
    settings.CASE_REGISTRIES = {"default": {"BACKEND": "portal.cases.registries.reference.ReferenceRegistry"}}
    receipt = register()
    look_up(client, receipt.reference, receipt.secret)
    client.get(CASE)
    with django_assert_max_num_queries(16):
        client.get(CASE)


@pytest.mark.parametrize(
    ("pauses", "said"),
    [
        (False, "The law’s clock does not stand while we wait for you."),
        (True, "It has moved by the days that we waited for you."),
    ],
)
def test_both_last_days_are_explained_after_a_pause(
    time: Any, client: Client, receipt: Receipt, registry: MoodyRegistry, link: CaseLink, pauses: bool, said: str
) -> None:
    CaseLink.objects.update(legal_days=30, legal_pauses=pauses, legal_until=dt.date(2026, 12, 4))
    registry.ask(link.external_id, "SP-2")
    time.shift(dt.timedelta(days=3))
    registry.move(link.external_id, Status.WORKING)
    look_up(client, receipt.reference, receipt.secret)
    told = words(page(client))
    assert "Paused for 3 days, while we waited for you: they do not count." in told
    assert f"By law the last day is {7 if pauses else 4} December 2026. {said}" in told
