"""Whatever a registry in another house does, a consultant's screens come in two seconds and nothing sent is lost."""

from __future__ import annotations

import time as real_time
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from charter.models import Role
from portal.cases import asking
from portal.cases.models import CaseLink, Kind, OutboxItem, Progress
from portal.cases.registries.zgw import ZgwRegistry
from portal.core.models import User
from tests.people import staff
from tests.portal.cases.conftest import Register
from tests.portal.cases.registries.test_zgw import DAN, MOODS, due_again
from tests.portal.cases.test_my_case import words
from tests.zgw.server import StandIn

pytestmark = pytest.mark.django_db
OPEN = "/en/case/open/"
FAST = 2.0


def timed(ask: Any, *args: Any, **kwargs: Any) -> Any:
    """The answer, which came in time and was no error of ours."""
    began = real_time.monotonic()
    answer = ask(*args, **kwargs)
    assert real_time.monotonic() - began <= FAST
    assert answer.status_code < 500
    return answer


@pytest.mark.parametrize("mood", MOODS)
def test_opening_looking_and_writing_while_the_registry_is_in_a_mood(
    mood: str,
    office: StandIn,
    registry: ZgwRegistry,
    register: Register,
    bob: User,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    receipt = register()
    register(person=DAN)
    link = CaseLink.objects.get(reference=receipt.reference)
    client.force_login(bob)
    address = client.post(OPEN, {"reference": receipt.reference, "cause": "call_back"})["Location"]
    assert link.number in client.get(address).content.decode()

    office.mood = mood
    timed(client.get, OPEN, {"reference": receipt.reference})
    timed(client.post, OPEN, {"reference": receipt.reference, "cause": "call_back"})
    shown = words(timed(client.get, address).content.decode())
    assert "does not answer just now" in shown
    assert link.number in shown
    assert CaseLink.objects.exclude(pk=link.pk).get().number not in shown
    paper = SimpleUploadedFile("sp2.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")
    for deed, typed in (
        ("note", {"text": "She moved house."}),
        ("papers", {"files": paper}),
        ("ask", {"question": "SP-2, please"}),
    ):
        sent = timed(client.post, f"{address}{deed}/", {"key": "k1"} | typed)
        assert sent["Location"].endswith("?sent")
        timed(client.post, f"{address}{deed}/", {"key": "k1"} | typed)  # pressed twice
    monkeypatch.setattr(asking, "BACKGROUND", 0.5)
    monkeypatch.setattr(asking, "UPLOAD", 0.5)
    due_again()

    office.mood = ""
    monkeypatch.undo()
    for _ in range(4):
        due_again()
    assert not OutboxItem.objects.exclude(progress=Progress.DELIVERED).exists()
    assert {kind: link.outbox.filter(kind=kind).count() for kind in (Kind.NOTE, Kind.DOCUMENT, Kind.ENQUIRY)} == {
        Kind.NOTE: 1,
        Kind.DOCUMENT: 1,
        Kind.ENQUIRY: 1,
    }
    (case,) = [row for row in office.tables.where("zaken") if row["identificatie"] == link.number]
    papers = office.tables.where("zaakinformatieobjecten", zaak=case["url"])
    assert len(papers) == 2  # the note and the paper, each once
    assert "We are waiting for you" in words(client.get(address).content.decode())


@pytest.mark.parametrize("mood", MOODS)
def test_what_waits_is_listed_whatever_the_registry_does(
    mood: str, office: StandIn, registry: ZgwRegistry, client: Client, db: None
) -> None:
    client.force_login(staff("Vilma", Role.SUPERVISOR))
    office.mood = mood
    timed(client.get, "/en/case/undelivered/")
    timed(client.get, "/en/case/looks/")
