"""The catalogue is written down on a page: an office begins without a programmer."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from portal.registry.models import BaseSum, CareService, Month, PaymentRule, Post
from portal.registry.months.catalogue import document_of
from tests.portal.registry.conftest import CENTRE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
At = Callable[[Post], Client]


def send(browser: Client, what: str, **fields: Any) -> str:
    sent = {"what": what} | {f"{what}-{name}": value for name, value in fields.items()}
    return str(browser.post("/en/registry/tariffs/", sent, follow=True).content.decode())


def test_an_office_begins_with_a_service_a_price_a_base_and_a_rule(at: At, clara: Post) -> None:
    browser = at(clara)
    send(browser, "service", name_lt="Pagalba buityje", name_en="Help at home", unit="hour", is_extra="on")
    service = CareService.objects.get()
    send(browser, "tariff", service=service.pk, valid_from="2026-11-01", cents="12,50")
    send(browser, "base", code="vrp", valid_from="2026-01-01", cents="233")
    html = send(browser, "rule", name_lt="Pagal pajamas", base="vrp", steps="2 0\n3 20 %\n* 50")
    assert PaymentRule.objects.get().document["steps"][1] == {"up_to": "3", "share": "20"}
    for words in ("Help at home", "€12.50", "VRP: €233", "≤ 3 VRP – 20 %"):
        assert words in html


@pytest.mark.parametrize("steps", ["", "2 0", "3 0\n2 10\n* 50", "* 50\n* 60", "two 0\n* 50", "2 0 0\n* 50", "* 101"])
def test_steps_that_make_no_rule_are_refused(at: At, clara: Post, steps: str) -> None:
    BaseSum.objects.create(code="VRP", valid_from="2026-01-01", cents=23300)
    send(at(clara), "rule", name_lt="Pagal pajamas", base="VRP", steps=steps)
    assert not PaymentRule.objects.exists()


def test_nothing_is_there_twice_and_no_rule_stands_on_nothing(at: At, clara: Post) -> None:
    browser = at(clara)
    assert "no base amount of that code" in send(browser, "rule", name_lt="Pagal pajamas", base="X", steps="* 50")
    for _ in range(2):
        html = send(browser, "service", name_lt="Pagalba", unit="hour")
    assert "There is one of that name already." in html
    assert CareService.objects.count() == 1


def test_a_base_amount_never_begins_in_a_closed_month(at: At, clara: Post) -> None:
    Month.objects.create(department=CENTRE, first="2026-10-01", prepared_by=clara.user, prepared_at="2026-11-01T08:00Z")
    html = send(at(clara), "base", code="VRP", valid_from="2026-10-31", cents="233")
    assert "a new price can begin after it" in html
    assert not BaseSum.objects.exists()


def test_a_comma_is_a_decimal_point() -> None:
    assert document_of("vrp", "2,5 10\n* 20")["steps"][0]["up_to"] == "2.5"
