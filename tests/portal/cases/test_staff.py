"""What could not be delivered lies in front of those who can do something about it."""

from typing import Any

import pytest
from django.test import Client

from charter.models import Institution, Role
from portal.cases.models import CaseLink, OutboxItem, Progress
from tests.factories import charter
from tests.people import staff

pytestmark = pytest.mark.django_db
ADDRESS = "/en/case/undelivered/"


def sign_in(client: Client, *roles: str, institution: Institution | None = None) -> Client:
    client.force_login(staff("Vilma", *roles, institution=institution))
    return client


@pytest.fixture
def dead(link: CaseLink) -> OutboxItem:
    item = link.outbox.get()
    OutboxItem.objects.update(progress=Progress.DEAD, trouble="Refused: closed", payload="")
    return item


def test_a_supervisor_sees_what_was_given_up_and_why(client: Client, dead: OutboxItem, link: CaseLink) -> None:
    html = sign_in(client, Role.SUPERVISOR).get(ADDRESS).content.decode()
    assert link.reference in html
    assert "Refused: closed" in html


def test_sending_it_again_makes_it_wait(client: Client, dead: OutboxItem) -> None:
    sign_in(client, Role.SUPERVISOR).post(f"{ADDRESS}{dead.pk}/send/")
    dead.refresh_from_db()
    assert dead.progress == Progress.WAITING


def test_another_institutions_things_are_not_there(client: Client, dead: OutboxItem) -> None:
    sign_in(client, Role.SUPERVISOR, institution=charter.institution("vaikai"))
    assert "Everything has been delivered." in client.get(ADDRESS).content.decode()
    assert client.post(f"{ADDRESS}{dead.pk}/send/").status_code == 404


def test_a_consultant_has_no_business_there(client: Client, dead: OutboxItem) -> None:
    assert sign_in(client, Role.CONSULTANT).get(ADDRESS).status_code == 403


def test_a_stranger_is_asked_to_sign_in(client: Client, db: Any) -> None:
    assert client.get(ADDRESS).status_code == 302
