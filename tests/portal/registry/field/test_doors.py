"""The field page's doors: small, the same for everybody, closed to strangers and to what is too large."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from portal.registry.models import FieldKey, Post, Programme, Tablet
from tests.people import dan
from tests.portal.registry.conftest import browser
from tests.portal.registry.field.device import FIELD, HERE, Device, posted, taken_along

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
LARGEST = 60 * 1024


@pytest.fixture
def tablet(client: Client, daiva: Post, programme: Programme) -> Device:
    return taken_along(client, daiva)


def parts_of(page: str) -> list[bytes]:
    names = re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js))"', page)
    return [Path(str(finders.find(re.sub(r"\.[0-9a-f]{12}\.", ".", name)))).read_bytes() for name in names]


@pytest.mark.parametrize("language", ["lt", "ru", "en", "uk"])
def test_all_of_it_is_at_most_60_kilobytes_on_the_line(at_work: Client, language: str) -> None:
    page = at_work.get(f"/{language}/registry/field/").content
    parts = [*parts_of(page.decode()), Path(str(finders.find("registry/field-worker.js"))).read_bytes()]
    assert len(parts) == 12
    packed = len(page) + sum(len(gzip.compress(part)) for part in parts)  # parts travel compressed, the page may not
    assert packed <= LARGEST
    assert len(page) + sum(map(len, parts)) <= 1.4 * LARGEST


def test_the_page_holds_nothing_of_anybody(daiva: Post, hanna: Post, programme: Programme) -> None:
    pages = [browser(post).get(FIELD) for post in (daiva, hanna)]
    assert pages[0].content == pages[1].content
    assert not {"Daiva", "Alice", "csrf"} & set(re.findall(r"\w+", pages[0].content.decode()))
    assert "csrftoken" not in pages[0].cookies


def test_without_a_script_it_says_what_it_needs_and_leads_to_the_ordinary_page(at_work: Client) -> None:
    page = at_work.get(FIELD).content.decode()
    shown = page.split('data-part="need"')[1].split("</section>")[0]
    assert "scripts" in shown
    assert "/en/registry/today/" in shown
    assert "hidden" not in page.split('data-part="need"')[1].split(">")[0]
    assert "/en/registry/field/" in at_work.get("/en/registry/today/").content.decode()


def test_the_list_has_all_that_a_worker_needs_at_a_door(client: Client, daiva: Post, programme: Programme) -> None:
    person = programme.recipient
    person.address, person.beware = "Liepų g. 1", "A dog in the yard"
    person.save()
    client.force_login(daiva.user)
    told = posted(client, "open/", {"name": "x" * 500}).json()
    stop = told["days"][0]["stops"][0]
    assert (stop["name"], stop["address"], stop["beware"]) == ("Alice", "Liepų g. 1", "A dog in the yard")
    assert [line["name"] for line in stop["lines"]] == ["Help", "Bath"]
    assert [extra["name"] for extra in told["days"][0]["extras"]] == ["Snow"]
    assert len(told["days"]) == 2


def test_secrets_are_told_once_and_lie_nowhere_in_the_clear(tablet: Device) -> None:
    row, key = Tablet.objects.get(), FieldKey.objects.get()
    kept = " ".join(map(str, (*vars(row).values(), *vars(key).values())))
    assert tablet.pen not in kept
    assert tablet.carry not in kept


def test_who_does_not_visit_takes_no_list_along(clara: Post, otto: Post) -> None:
    for post in (clara, otto):
        client = browser(post)
        assert client.get(FIELD).status_code == 403
        assert posted(client, "open/", {}).status_code == 403


def test_a_stranger_brings_nothing_and_learns_nothing(tablet: Device) -> None:
    street = Client()
    offers: tuple[Any, ...] = ({}, [], "garbage", {"tablet": tablet.tablet, "carry": "x"}, {"tablet": 1, "carry": None})
    for said in offers:
        for path in ("records/", "day/", "leave/", "open/"):
            assert posted(street, path, said).status_code == 403, (path, said)


def test_another_workers_session_does_not_get_this_tablets_list(tablet: Device, hanna: Post) -> None:
    said = {"tablet": tablet.tablet, "carry": tablet.carry}
    assert posted(browser(hanna), "day/", said).status_code == 403


def test_another_site_cannot_make_the_tablet_send(tablet: Device) -> None:
    said = {"tablet": tablet.tablet, "carry": tablet.carry}
    there = {"Sec-Fetch-Site": "cross-site"}
    answer = Client().post(f"{FIELD}records/", said, content_type="application/json", headers=there)
    assert answer.status_code == 403


@pytest.mark.parametrize("records", ["all", [1], [{}], [{"client_id": "x", "key": "y", "sealed": "z"}], {"a": 1}])
def test_what_is_no_batch_is_refused_whole(tablet: Device, records: Any) -> None:
    assert tablet.send(**{"records": records}).status_code == 400
    assert Tablet.objects.get().records.count() == 0


def test_what_is_too_large_is_not_even_read(tablet: Device) -> None:
    assert tablet.send(filler="x" * 2_000_000).status_code == 413
    too_long = {"client_id": "00000000-0000-0000-0000-000000000001", "key": "k", "sealed": "A" * 30_000}
    assert tablet.send(too_long).status_code == 400


def test_signing_out_there_ends_the_session_and_is_known(tablet: Device, client: Client) -> None:
    assert posted(client, "leave/", {"tablet": tablet.tablet, "carry": tablet.carry}).status_code == 200
    assert Tablet.objects.get().left_at is not None
    assert client.get(FIELD).status_code == 302
    assert tablet.send().status_code == 200  # what it still holds is taken


def test_a_tablets_nonsense_about_itself_breaks_nothing(tablet: Device) -> None:
    for said in ({"now": "soon"}, {"now": 7}, {"waiting": -1}, {"waiting": 10**20}, {"ask": ["x"]}, {"ask": 5}):
        assert tablet.send(**said).status_code in {200, 400}, said


def test_the_worker_is_in_charge_of_the_page_and_of_nothing_else(client: Client) -> None:
    answer = client.get(f"{FIELD}worker.js", headers=HERE)
    assert answer["Content-Type"].startswith("text/javascript")
    assert b"caches.match" in answer.content


def test_a_colleague_without_a_post_comes_nowhere(client: Client, tablet: Device) -> None:
    client.force_login(dan())
    for address in ("/en/registry/brought/", "/en/registry/tablets/", FIELD):
        assert client.get(address).status_code == 403
