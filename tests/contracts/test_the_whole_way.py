"""From the request to a promise that was kept, over each real registry: asked for a paper, sent it, decided in time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from charter.models import Role
from portal.cases import access, actions, asking, handling, linking, measuring, outbox, selectors
from portal.cases.handling import Why
from portal.cases.models import CaseLink, OutboxItem
from portal.cases.registries import registries
from portal.cases.registries.facts import Applicant, Status
from portal.cases.registries.zgw import ZgwRegistry
from portal.core import clock
from tests.contracts.test_case_registries import Office, ReferenceOffice, ZgwOffice, office
from tests.factories import charter
from tests.people import staff
from tests.zgw.catalogue import CASE_TYPE, RESULTS, WAITING
from tests.zgw.server import ORGANISATION

__all__ = ["office"]
pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
ROUNDS = 20


@pytest.fixture
def linked(office: Office, settings: Any) -> Iterator[Office]:
    """The portal, linked to the office's registry."""
    if isinstance(office, ZgwOffice):
        url, client_id, secret = office.access
        options: dict[str, Any] = {"url": url, "client_id": client_id, "secret": secret}
        options |= {"organisation": ORGANISATION, "case_type": CASE_TYPE, "waiting": WAITING, "results": RESULTS}
        backend: dict[str, Any] = {"BACKEND": "portal.cases.registries.zgw.ZgwRegistry", "OPTIONS": options}
    elif isinstance(office, ReferenceOffice):
        backend = {"BACKEND": "portal.cases.registries.reference.ReferenceRegistry"}
    else:
        pytest.skip("remembers only, within its own object")
    settings.CASE_REGISTRIES = {"default": backend}
    asking.forget_failures()
    yield office
    used = registries.default
    if isinstance(used, ZgwRegistry):
        used.close()


def deliver() -> None:
    for _round in range(ROUNDS):
        asking.forget_failures()
        OutboxItem.objects.waiting().update(next_try_at=clock.now())
        outbox.deliver_due()
        if not OutboxItem.objects.waiting().exists():
            return


def test_a_request_is_asked_about_answered_decided_and_counted_as_kept(linked: Office) -> None:
    centre = charter.institution()
    bob, standard = staff("Bob", Role.CONSULTANT, institution=centre), charter.standard()
    charter.service(provider=centre, commitments=[standard.commitment])
    receipt = actions.register_request(service="pagalba", language="lt", by=bob, person=Applicant("Alice"))
    deliver()
    link = access.everything().get(reference=receipt.reference)
    assert link.number

    handling.open_case(link, by=bob, why=Why("call_back"))
    handling.ask_resident(link, "Income certificate SP-2", until=None, by=bob, key="1")
    deliver()
    (to_do,) = selectors.case_page(fresh(link)).to_dos
    assert "Income certificate SP-2" in to_do.text.text

    actions.answer(link, enquiry=to_do.id, text="Here it is.", files=[SimpleUploadedFile("sp2.pdf", b"%PDF-1.7")])
    deliver()
    page = selectors.case_page(fresh(link))
    assert page.status == Status.WORKING
    assert [paper.name for paper in page.documents] == ["sp2.pdf"]

    file, _is_fresh = selectors.case_file(fresh(link), budget=asking.Budget(asking.BACKGROUND))
    assert file is not None
    linked.decide(file.state, "You will get help twice a week.")
    for _round in range(ROUNDS):
        linking.read_changes()
    assert fresh(link).status == Status.GRANTED
    today = clock.today()
    (decision,) = measuring.decisions(standard.code, since=today, until=today)
    assert decision.is_kept


def fresh(link: CaseLink) -> CaseLink:
    return access.everything().get(pk=link.pk)
