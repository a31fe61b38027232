"""Whoever links a registry can try the link, and hears what is still to be set."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from portal.cases.registries.zgw import ZgwRegistry
from portal.project.env import Environment, WrongValue
from tests.zgw.server import StandIn


def check() -> str:
    out = io.StringIO()
    call_command("case_registry", "check", stdout=out)
    return out.getvalue()


def test_a_link_that_works_says_what_it_can(office: StandIn, registry: ZgwRegistry) -> None:
    told = check()
    assert "0 cases" in told
    assert "case type PORTAL-001: 4 status types; the office promises P14D, the law gives P30D" in told
    assert "can: answers, case_types, documents, enquiries, withdrawal" in told
    assert "see ZGW" not in told


def test_what_is_still_to_be_set_is_said(office: StandIn, registry: ZgwRegistry) -> None:
    office.tables.where("statustypen", omschrijving="Wacht op informatie")[0]["omschrijving"] = "Wacht"
    office.tables.where("resultaattypen")[0]["omschrijving"] = "Iets anders"
    told = check()
    assert "no status type is called 'Wacht op informatie'" in told
    assert "results without a meaning: Iets anders" in told


@pytest.mark.parametrize("mood", ["down", "500", "html", "expired"])
def test_a_link_that_does_not_work_says_so(office: StandIn, registry: ZgwRegistry, mood: str) -> None:
    office.mood = mood
    with pytest.raises(CommandError, match="does not do what we need"):
        check()


def test_the_registry_built_in_is_checked_by_the_same_command(db: None) -> None:
    assert "0 cases" in check()


@pytest.mark.parametrize("missing", ["ZGW_URL", "ZGW_CLIENT_ID", "ZGW_SECRET"])
def test_a_link_that_lacks_something_stops_the_start(missing: str) -> None:
    given = {"CASE_REGISTRY": "zgw", "ZGW_URL": "https://zaak.example", "ZGW_CLIENT_ID": "p", "ZGW_SECRET": "s"}
    with pytest.raises(WrongValue, match=missing):
        Environment(given | {missing: ""})


@pytest.mark.parametrize("text", ["Toegekend", "Toegekend=yes", "=granted"])
def test_a_meaning_nobody_knows_stops_the_start(text: str) -> None:
    with pytest.raises(WrongValue, match="ZGW_RESULTS"):
        Environment({"ZGW_RESULTS": text})


def test_results_are_read_with_their_meanings() -> None:
    env: Any = Environment({"ZGW_RESULTS": "Toegekend = granted, Niet = nu=refused"})
    assert env["ZGW_RESULTS"] == {"Toegekend": "granted", "Niet = nu": "refused"}
