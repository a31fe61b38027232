"""Every public page is on the map, for people and for machines, in every language."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from charter.models import Service
from portal.core.languages import LANGUAGES

pytestmark = pytest.mark.usefixtures("town")
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def entries() -> dict[str, dict[str, str]]:
    """{address: {language: address of the same page}}."""
    answer = Client().get("/sitemap.xml")
    assert answer["Content-Type"].startswith("application/xml")
    root = ET.fromstring(answer.content)
    return {
        url.findtext("s:loc", "", NAMES): {
            link.get("hreflang", ""): link.get("href", "") for link in url.iterfind("x:link", NAMES)
        }
        for url in root.iterfind("s:url", NAMES)
    }


def test_each_page_stands_with_its_sisters_in_every_language() -> None:
    found = entries()

    assert all(set(sisters) == set(LANGUAGES) for sisters in found.values())
    assert all(address in sisters.values() for address, sisters in found.items())


def test_every_kind_of_page_is_on_the_map() -> None:
    paths = {address.removeprefix(settings.SITE_URL) for address in entries()}

    assert {"/lt/", "/en/about/", "/ru/promises/", "/uk/services/", "/en/promises/results/"} <= paths
    for part in ("services", "institutions", "answers", "topics", "news"):
        assert any(path.startswith(f"/lt/{part}/") and path != f"/lt/{part}/" for path in paths), part


def test_what_is_not_public_is_not_on_the_map() -> None:
    Service.objects.get(code="pasalpa").unpublish()

    assert not any("socialine-pasalpa" in address for address in entries())


def test_addresses_on_the_map_open() -> None:
    paths = [address.removeprefix(settings.SITE_URL) for address in entries()]

    for path in paths[::9]:
        assert Client().get(path).status_code == 200, path


def test_the_map_for_people_costs_one_question_a_part(django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(9):
        html = Client().get("/en/site-map/").content.decode()

    assert 'href="/en/news/baziniai-dydziai-2026/"' in html


def test_machines_are_told_where_the_map_is_and_what_is_none_of_their_business() -> None:
    said = Client().get("/robots.txt").content.decode()

    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in said
    assert "Disallow: /cms/" in said
