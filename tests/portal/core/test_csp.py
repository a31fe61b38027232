"""The policy: strict on every page, with a nonce only in the CMS."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from csp.constants import SELF
from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.test import RequestFactory

from portal.core.csp import PolicyMiddleware

HEADER = "Content-Security-Policy"


def _policy(view: Callable[[HttpRequest], HttpResponseBase], path: str = "/en/") -> str:
    response = PolicyMiddleware(view)(RequestFactory().get(path))
    assert isinstance(response, HttpResponse)
    return response[HEADER]


def _page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("page")


@pytest.mark.parametrize("path", ["/en/", "/cms/", "/account/login/"])
def test_nothing_written_into_a_page_runs(path: str) -> None:
    policy = _policy(_page, path)

    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


def test_only_the_cms_has_a_nonce() -> None:
    assert "nonce-" in _policy(_page, "/cms/")
    assert "nonce-" not in _policy(_page, "/en/")


def test_a_page_that_changes_its_own_policy_keeps_the_change() -> None:
    changed = csp_update({"img-src": [SELF, "blob:"]})(_page)

    assert "img-src 'self' data: blob:" in _policy(changed)
    assert "blob:" not in _policy(_page)


def test_a_policy_that_is_there_already_is_not_replaced() -> None:
    def own(request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={HEADER: "sandbox"})

    assert _policy(own) == "sandbox"
