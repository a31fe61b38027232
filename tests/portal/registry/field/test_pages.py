"""The head sees what tablets could not bring in, and settles it; nobody else does."""

from __future__ import annotations

import pytest
from django.test import Client

from portal.registry.models import FieldRecord, Post, PostRole, Programme, Visit
from tests.portal.registry.conftest import Catalogue, browser, post
from tests.portal.registry.field.device import Device, taken_along

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
LIST = "/en/registry/brought/"


@pytest.fixture
def tablet(client: Client, daiva: Post, programme: Programme, catalogue: Catalogue) -> Device:
    """Daiva's, and two of its records that cover the same hour."""
    device = taken_along(client, daiva)
    service = {"service": catalogue.help.pk, "minutes": 60}
    for note in ("First.", "The neighbour let me in."):
        device.write(programme.recipient_id, [service], note=note)
    device.bring()
    return device


def settled(client: Client, **fields: str) -> str:
    record = FieldRecord.objects.get(state="waiting")
    return client.post(f"{LIST}{record.pk}/settle/", fields, follow=True).content.decode()


def test_a_record_is_shown_with_why_it_waits_and_written_down(tablet: Device, hanna: Post) -> None:
    head = browser(hanna)
    page = head.get(LIST).content.decode()
    for words in ("Alice", "The neighbour let me in.", "is already written down", "Help"):
        assert words in page
    wrong = settled(head, deed="write", day="2026-11-25", at="later", minutes="60", reason="Agreed.")
    assert "Write when the visit began" in wrong
    settled(head, deed="write", day="2026-11-25", at="08:00", minutes="60", reason="Agreed.")
    assert f"{Visit.objects.get(note__startswith='The neighbour').started_at:%H:%M}" == "06:00"
    assert "Nothing waits." in head.get(LIST).content.decode()


def test_it_is_dismissed_only_with_a_reason(tablet: Device, hanna: Post) -> None:
    head = browser(hanna)
    assert "Write why." in settled(head, deed="dismiss", reason=" ")
    assert "stays readable" in settled(head, deed="dismiss", reason="The same visit.")
    assert Visit.objects.count() == 1


def test_another_departments_head_sees_none_of_it(tablet: Device) -> None:
    other = browser(post("Olga", PostRole.HEAD, "Vaiko gerovės centras"))
    assert "Nothing waits." in other.get(LIST).content.decode()
    record = FieldRecord.objects.get(state="waiting")
    assert other.post(f"{LIST}{record.pk}/settle/", {"deed": "dismiss", "reason": "x"}).status_code == 404
    assert other.post(f"/en/registry/tablets/{record.tablet_id}/wipe/").status_code == 404


@pytest.mark.parametrize("role", [PostRole.SOCIAL_WORKER, PostRole.CLERK, PostRole.ASSESSOR, PostRole.OFFICER])
def test_only_the_head_oversees(tablet: Device, role: str) -> None:
    client = browser(post("Erik", role))
    for address in (LIST, "/en/registry/tablets/"):
        assert client.get(address).status_code == 403


def test_the_list_asks_the_database_as_often_for_many_as_for_few(
    tablet: Device, hanna: Post, django_assert_max_num_queries: object
) -> None:
    head = browser(hanna)
    head.get(LIST)
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        head.get(LIST)
