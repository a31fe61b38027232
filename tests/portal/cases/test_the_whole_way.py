"""From the result of a needs check to a promise counted as kept – on the registry built in and over the ZGW APIs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from charter.models import Measurement, ServiceStandard
from portal.cases import access, asking, linking, outbox
from portal.cases.registries import registries
from portal.cases.registries.facts import CaseState, PersonLink
from portal.cases.registries.zgw import ZgwRegistry
from portal.core import clock
from portal.dashboard.measure import measure
from tests.contracts.test_case_registries import Office, ReferenceOffice, ZgwOffice
from tests.portal.cases.test_requesting import ASK, ORIGIN, post, receipt_in, said, words
from tests.zgw.catalogue import CASE_TYPE, RESULTS, WAITING
from tests.zgw.server import CLIENT_ID, ORGANISATION, SECRET, StandIn

pytestmark = pytest.mark.django_db
CASE = "/en/case/mine/"
ZGW = "portal.cases.registries.zgw.ZgwRegistry"


@pytest.fixture(params=["reference", "zgw"])
def office(request: pytest.FixtureRequest, settings: Any, town: None) -> Iterator[Office]:
    """The linked registry, with somebody who works on it."""
    asking.forget_failures()
    if request.param == "reference":
        backend = "portal.cases.registries.reference.ReferenceRegistry"
        settings.CASE_REGISTRIES = {"default": {"BACKEND": backend}}
        yield ReferenceOffice(registries.default)
        return
    with StandIn().running() as stand_in:
        options: dict[str, Any] = {
            "url": stand_in.url,
            "client_id": CLIENT_ID,
            "secret": SECRET,
            "organisation": ORGANISATION,
        }
        options |= {"case_type": CASE_TYPE, "waiting": WAITING, "results": RESULTS}
        settings.CASE_REGISTRIES = {"default": {"BACKEND": ZGW, "OPTIONS": options}}
        here = ZgwOffice(stand_in.url, CLIENT_ID, SECRET)
        yield here
        here.client.close()
        here.registry.close()
        linked = registries.default
        assert isinstance(linked, ZgwRegistry)
        linked.close()


def state(office: Office) -> CaseState:
    link = access.everything().get()
    return office.registry.get_case(link.external_id, person=PersonLink(link.person_link))


def shown(client: Client) -> str:
    return words(client.get(CASE).content.decode())


def test_check_request_question_paper_decision_and_the_promise_is_kept(office: Office, client: Client) -> None:
    from_check = client.post(ASK, {"service": "pagalba", "text": "Group 2, 14 points"}, **ORIGIN).content.decode()
    assert 'value="Group 2, 14 points"' in from_check
    reference, _secret = receipt_in(post(client, said(text="Group 2, 14 points", send="1")).content.decode())
    outbox.deliver_due()
    assert "Group 2, 14 points" in office.notes(state(office))[0]

    office.ask(state(office), "Income certificate SP-2")
    asked = shown(client)
    assert "We need this from you" in asked
    assert "Income certificate SP-2" in asked
    enquiry = state(office).enquiries[0].id
    paper = SimpleUploadedFile("sp2.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")
    client.post(f"{CASE}answer/", {"enquiry": enquiry, "text": "Here it is.", "files": paper}, **ORIGIN)
    outbox.deliver_due()
    assert "sp2.pdf" in shown(client)

    office.decide(state(office), "Twice a week.")
    assert "Decided: you get it" in shown(client)
    linking.read_changes()
    link = access.everything().get(reference=reference)
    assert link.decided_on == clock.today()

    measure(since=clock.today())
    kept = Measurement.objects.filter(standard=ServiceStandard.objects.get(), superseded_at=None, institution=None)
    assert {(row.numerator, row.denominator) for row in kept} == {(1, 1)}
