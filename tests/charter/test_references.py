"""Sums, phones and links in texts are looked up, never typed."""

from __future__ import annotations

import pytest
import time_machine

from charter.models import BaseAmount
from portal.core.languages import Localised
from portal.core.references import References, fill
from portal.core.rich_text import show
from tests.factories.charter import institution, service

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _amounts() -> None:
    for code, year, amount in (("VRP", 2026, 233), ("VRP", 2027, 250), ("BSI", 2025, 70), ("BSI", 2026, 74)):
        BaseAmount.objects.create(code=code, name=code, year=year, amount=amount)


def said(text: str, language: str = "lt") -> str:
    return fill([Localised(text, language)])[0].text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("language", "sum_"), [("lt", "582,50 €"), ("ru", "582,50 €"), ("uk", "582,50 €"), ("en", "€582.50")]
)
def test_a_sum_is_written_as_the_reader_writes_sums(language: str, sum_: str) -> None:
    with time_machine.travel("2026-11-22"):
        assert said("{{2.5 VRP}}", language) == sum_


def test_a_round_sum_has_no_cents_and_a_large_one_its_groups() -> None:
    with time_machine.travel("2026-11-22"):
        assert said("{{2 VRP}} {{10 VRP}}") == "466 € 2 330 €"
        assert said("{{10 VRP}}", "en") == "€2,330"


def test_in_january_every_page_has_the_new_sum() -> None:
    with time_machine.travel("2027-01-01 12:00"):
        assert said("{{1 VRP}}") == "250 €"


def test_a_sum_of_a_named_year_stays_and_the_page_can_say_which_year() -> None:
    with time_machine.travel("2027-01-01 12:00"):
        found = References.of([Localised("{{8 BSI 2026}}", "lt")])
    assert found.plain("{{8 BSI 2026}}", "lt").startswith("592")
    assert found.years == [2026]


def test_an_unknown_base_stays_in_words() -> None:
    assert said("{{2 XXX}}") == "2 XXX"


def test_a_phone_comes_from_its_institution() -> None:
    institution()
    assert said("{{phone:kspc}} {{phone:nobody}}") == "(0 46) 300 706 phone:nobody"


def test_links_lead_to_what_is_public_in_the_texts_language() -> None:
    institution()
    service("pagalba")
    service("hidden", live=False)
    html = show(
        [
            Localised(
                '<a href="service:pagalba">a</a> <a href="service:hidden">b</a> <a href="institution:kspc">c</a>', "en"
            )
        ]
    )[0]
    assert html == ('<a href="/en/services/pagalba-service/">a</a> b <a href="/en/institutions/kspc-centre/">c</a>')
