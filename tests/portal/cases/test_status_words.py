"""Statuses are said in plain words that editors keep; one nobody knows gets a sensible word and is put on a list."""

from dataclasses import replace

import pytest
from django.test import Client
from django.utils import translation

from portal.cases import linking, status_words
from portal.cases.models import CaseLink, StatusWords
from portal.cases.registries.facts import PersonLink, Status, Step
from portal.core import clock
from portal.core.receipts import Receipt
from tests.portal.cases.moody import MoodyRegistry
from tests.portal.cases.test_my_case import CASE, look_up, page, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(client: Client, receipt: Receipt) -> Client:
    look_up(client, receipt.reference, receipt.secret)
    return client


@pytest.fixture
def inspected(registry: MoodyRegistry, link: CaseLink) -> None:
    """The office has a status of its own: somebody comes to look at the home."""
    state = registry.get_case(link.external_id, person=PersonLink(link.person_link))
    step = Step(Status.WORKING, clock.now(), code="Huisbezoek")
    registry._change(replace(state, kind="WMO", status=Status.WORKING, steps=(*state.steps, step)))


def test_each_status_says_what_is_expected(alice: Client, registry: MoodyRegistry, link: CaseLink) -> None:
    assert "Nothing for now. If something is missing" in words(page(alice))
    registry.move(link.external_id, Status.REFUSED)
    assert "you may appeal against the decision" in words(page(alice))
    assert "рішення можна оскаржити" in words(page(alice, CASE.replace("/en/", "/uk/")))


def test_an_unknown_status_gets_a_sensible_word_and_is_listed_once(alice: Client, inspected: None) -> None:
    for _ in range(2):
        assert "We are working on it" in words(page(alice))
    (met,) = status_words.without_words()
    assert (met.kind, met.code, met.meaning) == ("WMO", "Huisbezoek", Status.WORKING)
    assert met.met_at is not None


def test_once_it_is_written_residents_read_it(alice: Client, inspected: None) -> None:
    page(alice)
    met = StatusWords.objects.get(code="Huisbezoek")
    texts = {"words_lt": "Lankome namus", "words_en": "We visit your home", "expected_lt": "Būkite namie."}
    for name, text in texts.items():
        setattr(met, name, text)
    met.save()
    told = page(alice)
    assert "We visit your home" in told
    assert '<span lang="lt">Būkite namie.</span>' in told  # not translated yet: marked as Lithuanian
    assert not status_words.without_words().exists()


def test_the_words_of_a_case_type_go_before_those_of_any(db: None) -> None:
    StatusWords.objects.create(kind="", code="x", words_lt="Bet kuris")
    StatusWords.objects.create(kind="WMO", code="x", words_lt="Savas")
    StatusWords.objects.create(kind="WMO", code="working", words_lt="Tipo bendras")
    with translation.override("lt"):
        said = status_words.vocabulary(["WMO"])
        assert said.name(Status.WORKING, kind="WMO", code="x").text == "Savas"
        assert said.name(Status.WORKING, kind="JW", code="x").text == "Bet kuris"
        assert said.name(Status.WORKING, kind="WMO", code="new").text == "Tipo bendras"
        StatusWords.objects.filter(kind="").delete()
        assert status_words.vocabulary().name(Status.GRANTED).text == "Sprendimas: skirta"


def test_polling_meets_them_too(registry: MoodyRegistry, link: CaseLink, inspected: None) -> None:
    linking.read_changes()
    assert StatusWords.objects.filter(code="Huisbezoek", is_written=False).exists()
