"""A grant lets one browser in to one thing, for a while."""

from typing import Any

import pytest
import time_machine
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from portal.core.grants import Grant

GRANT = Grant("case", 3600)
OTHER = Grant("talk", 3600)


def browser_with(response: HttpResponse) -> HttpRequest:
    request = RequestFactory().get("/")
    request.COOKIES = {name: morsel.value for name, morsel in response.cookies.items() if morsel.value}
    return request


def test_who_was_given_a_grant_holds_it() -> None:
    assert GRANT.held(browser_with(GRANT.give(HttpResponse(), "abc"))) == "abc"


def test_a_stranger_holds_nothing() -> None:
    assert GRANT.held(RequestFactory().get("/")) is None


def test_a_forged_grant_is_none() -> None:
    request = browser_with(GRANT.give(HttpResponse(), "abc"))
    request.COOKIES["case"] = "x" + request.COOKIES["case"]
    assert GRANT.held(request) is None


def test_a_grant_of_one_kind_opens_no_other() -> None:
    request = browser_with(GRANT.give(HttpResponse(), "abc"))
    request.COOKIES["talk"] = request.COOKIES["case"]
    assert OTHER.held(request) is None


def test_a_grant_runs_out() -> None:
    with time_machine.travel("2026-11-23 10:00:00Z", tick=False) as time:
        request = browser_with(GRANT.give(HttpResponse(), "abc"))
        time.shift(3601)
        assert GRANT.held(request) is None


def test_after_finishing_nothing_is_held() -> None:
    assert GRANT.held(browser_with(GRANT.forget(GRANT.give(HttpResponse(), "abc")))) is None


@pytest.mark.parametrize(("https", "name"), [(True, "__Host-case"), (False, "case")])
def test_with_https_the_cookie_belongs_to_this_host_alone(settings: Any, https: bool, name: str) -> None:
    settings.HTTPS = https
    given = GRANT.give(HttpResponse(), "abc").cookies[name]
    assert bool(given["secure"]) is https
    assert given["httponly"]
    assert bool(GRANT.forget(HttpResponse()).cookies[name]["secure"]) is https
