"""Services, institutions and situations, as residents read them."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from portal.cases.models import Place, RequestPlan
from portal.core import previews
from tests.factories import answers as kb
from tests.factories import charter as make
from tests.factories.city import furnished

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _autumn() -> Any:
    with time_machine.travel("2026-11-22 10:00"):
        yield


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    assert not response.cookies
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_a_service_says_what_it_costs_and_how_the_promise_is_kept(client: Client) -> None:
    furnished()
    text = page(client, "/en/services/pagalba-service/")
    for words in (
        "Free up to €582.50",
        "Sums as of 2026",
        'href="/en/services/integrali-service/"',
        'href="/en/answers/a-001-how-to-get/"',
        'href="tel:+37046300706"',
        "In time: 90 out of 100",
        "Checked on",
        "Otherwise",
        "How to get compensation?",
    ):
        assert words in text


def test_what_is_not_known_says_whom_to_ask(client: Client) -> None:
    make.municipality()
    make.service()
    text = page(client, "/en/services/pagalba-service/")
    assert text.count("Not confirmed – ask us: (0 46) 300 706.") == 6
    assert '<time datetime="2026-11-20">20 November 2026</time>' in text


def test_the_page_leads_to_the_request_or_says_where_else_it_is_asked_for(client: Client) -> None:
    service = make.service()
    assert 'href="/en/case/ask/?service=pagalba"' in page(client, "/en/services/pagalba-service/")
    RequestPlan.objects.create(service=service, place=Place.SPIS, url="https://www.spis.example/")
    text = page(client, "/en/services/pagalba-service/")
    assert 'href="https://www.spis.example/"' in text
    assert "/case/ask/" not in text
    assert "Nobody has confirmed yet" in text


def test_another_languages_word_leads_to_the_right_address(client: Client) -> None:
    make.service()
    response = client.get("/en/services/pagalba-paslauga/?from=search")
    assert (response.status_code, response["Location"]) == (301, "/en/services/pagalba-service/?from=search")


def test_a_missing_language_falls_back_visibly(client: Client) -> None:
    make.service()
    text = page(client, "/ru/services/pagalba-paslauga/")
    assert '<span lang="lt">Pagalba į namus</span>' in text
    assert 'class="notice notice--small"' in text
    assert "литовский" in text


def test_the_other_languages_are_one_press_away(client: Client) -> None:
    make.service()
    text = page(client, "/lt/services/pagalba-paslauga/")
    assert '<link rel="alternate" hreflang="en" href="/en/services/pagalba-service/">' in text


@pytest.mark.parametrize("what", ["services", "institutions", "topics"])
def test_what_is_not_published_is_not_there(client: Client, what: str) -> None:
    make.service(live=False)
    make.institution(live=False)
    kb.topic(live=False)
    slug = {"services": "pagalba-service", "institutions": "kspc-centre", "topics": "bustas-en"}[what]
    assert client.get(f"/en/{what}/{slug}/").status_code == 404


def test_a_sensitive_service_can_be_left_quickly(client: Client) -> None:
    make.service("saugu", is_sensitive=True)
    make.service()
    assert "Leave quickly" in page(client, "/en/services/saugu-service/")
    assert "Leave quickly" not in page(client, "/en/services/pagalba-service/")


def test_services_stand_by_situation_and_by_institution(client: Client) -> None:
    furnished()
    make.service("niekur", name_en="Nowhere yet")
    by_topic = page(client, "/en/services/")
    assert by_topic.index("Heating and housing") < by_topic.index("Help at home") < by_topic.index("Other services")
    by_office = page(client, "/en/services/?by=institution")
    assert by_office.index("Social Support Centre") < by_office.index("Help at home") < by_office.index("Nowhere yet")


def test_an_institution_shows_its_services_and_results_and_invents_no_hours(client: Client) -> None:
    furnished()
    text = page(client, "/en/institutions/kspc-centre/")
    for words in ("Help at home", "How promises are kept here", "Opening hours", "Not confirmed – ask us"):
        assert words in text
    assert client.get("/lt/institutions/kspc-centre/")["Location"] == "/lt/institutions/kspc-centras/"


def test_a_topic_shows_what_helps(client: Client) -> None:
    furnished()
    text = page(client, "/en/topics/bustas-en/")
    assert "Help at home" in text
    assert "How to get compensation?" in text


def test_lists_of_an_empty_site_say_so(client: Client) -> None:
    assert "No services have been published here yet." in page(client, "/en/services/")
    assert "No institutions have been published here yet." in page(client, "/en/institutions/")


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/en/services/pagalba-service/", 12),
        ("/en/services/", 5),
        ("/en/services/?by=institution", 4),
        ("/en/institutions/", 2),
        ("/en/institutions/kspc-centre/", 8),
        ("/en/topics/bustas-en/", 6),
    ],
)
def test_pages_stay_within_their_queries(
    client: Client, path: str, most: int, django_assert_max_num_queries: Any
) -> None:
    furnished()
    with django_assert_max_num_queries(most):
        page(client, path)


@pytest.mark.parametrize(
    ("made", "field"),
    [
        (make.institution, "name"),
        (kb.topic, "name"),
        (kb.article, "title"),
        (make.charter, "title"),
        (make.service, "name"),
    ],
)
def test_everything_an_editor_writes_is_previewed_on_its_own_page(rf: Any, made: Any, field: str) -> None:
    entry = made()
    setattr(entry, f"{field}_en", "Only for the editor")
    answer = previews.serve(rf.get("/cms/"), entry, "en")
    assert isinstance(answer, HttpResponse)
    assert "Only for the editor" in answer.content.decode()
    entry.refresh_from_db()
    assert getattr(entry, f"{field}_en") != "Only for the editor"


def test_a_standard_is_previewed_among_the_results(rf: Any) -> None:
    standard = make.standard()
    standard.name_en = "Only for the editor"
    answer = previews.serve(rf.get("/cms/"), standard, "en")
    assert isinstance(answer, HttpResponse)
    assert "Only for the editor" in answer.content.decode()


def test_an_editor_previews_what_residents_will_see(rf: Any) -> None:
    service = make.service()
    service.name_en = "Help in your home"
    answer = previews.serve(rf.get("/cms/"), service, "en")
    assert isinstance(answer, HttpResponse)
    assert "Help in your home" in answer.content.decode()
    service.refresh_from_db()
    assert service.name_en == "Help at home"
