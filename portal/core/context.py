"""The furniture of every page: navigation, languages, the municipality's name and phone.

Lower packages put their part in with `register` (charter: the municipality), so that the base imports nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, lru_cache
from html import escape
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from portal.core import display, languages, staff
from portal.core.readable import Readable

Provider = Callable[[HttpRequest, str], dict[str, Any]]
_providers: list[Provider] = []

NAVIGATION: tuple[tuple[str, Any], ...] = (
    ("pages:services", _("Services")),
    ("kb:articles", _("Answers")),
    ("pages:institutions", _("Institutions")),
    ("charter:charter", _("Our promises")),
    ("pages:contacts", _("Contacts")),
    ("cases:start", _("My case")),
)
ABOUT: tuple[tuple[str, Any], ...] = (
    ("charter:performance", _("How we keep our promises")),
    ("pages:about", _("About this portal")),
    ("pages:easy_to_read", _("Easy to read")),
    ("pages:reference", _("Laws, sums and forms")),
    ("pages:complaints", _("How to complain")),
    ("pages:accessibility", _("Accessibility statement")),
    ("pages:privacy", _("Privacy and cookies")),
    ("pages:open_data", _("Open data")),
    ("pages:sitemap", _("Site map")),
)

CURRENT = ' aria-current="true"'


def register(provider: Provider) -> Provider:
    """Add a part of every page: `provider(request, language) -> {name: value}`; called lazily, once a page."""
    _providers.append(provider)
    return provider


@lru_cache(maxsize=16)
def _links(language: str) -> dict[str, Any]:
    """Navigation of one language; fixed for the life of the process."""

    def address(name: str) -> str:
        try:
            return reverse(name)
        except NoReverseMatch:
            return ""

    with override(language):
        return {
            "home_url": reverse("pages:home"),
            "search_url": address("kb:search"),
            "suggest_url": address("kb:suggest"),
            "write_url": address("chat:start"),
            "appeal_url": address("feedback:appeal"),
            "services_url": address("pages:services"),
            "may_get_url": address("pages:may_get"),
            "contacts_url": address("pages:contacts"),
            "promises_url": address("charter:performance"),
            "case_url": address("cases:start"),
            "easy_url": address("pages:easy_to_read"),
            "display_url": reverse("core:display"),
            "navigation": [(name, address(name), str(label)) for name, label in NAVIGATION],
            "about_links": [(name, address(name), str(label)) for name, label in ABOUT],
        }


class Furniture(Readable):
    """What `base.html` needs, worked out only when a template asks."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.language = languages.current()
        self.links = _links(self.language)
        self.display = display.read(request)

    @cached_property
    def languages(self) -> list[tuple[str, str, str, bool]]:
        """(code, own name, address of this page in it, is current). Pages with slugs set `request.alternates`."""
        given: dict[str, str] = getattr(self._request, "alternates", {})
        path = self._request.path
        has_language = path[1:3] in languages.LANGUAGES and path[3:4] == "/"
        if not has_language:  # the choice is kept in a cookie then
            back = urlencode({"next": self.path})
            given = {code: f"/{code}/language/?{back}" for code in languages.LANGUAGES}
        rest, query = path[3:], self._query() if has_language else ""
        return [
            (
                code,
                languages.OWN_NAMES[code],
                given.get(code, f"/{code}{rest}") + query,
                code == self.language,
            )
            for code in languages.LANGUAGES
        ]

    @property
    def alternate_links(self) -> SafeString:
        """This page in every language, for machines."""
        return SafeString(
            "".join(
                f'<link rel="alternate" hreflang="{code}" href="{escape(url)}">\n'
                for code, _name, url, _is_current in self.languages
            )
        )

    @property
    def language_links(self) -> SafeString:
        """This page in every language, for people."""
        return SafeString(
            "".join(
                f'<li><a href="{escape(url)}" lang="{code}" hreflang="{code}"'
                f"{CURRENT if is_current else ''}>{name}</a></li>"
                for code, name, url, is_current in self.languages
            )
        )

    @property
    def staff_places(self) -> list[tuple[str, Any, str]]:
        """(route, label, address) of the places of work this person may enter; for the staff's bar."""
        return staff.places_of(self._request)

    @property
    def path(self) -> str:
        """This page with what was typed into it, to come back to after a choice in the display panel."""
        return self._request.path + self._query()

    def _query(self) -> str:
        """What was asked for. How the reader came (`from`) is theirs and must not get into a kept page."""
        if self._request.method != "GET" or not self._request.GET:
            return ""
        asked = [(name, value) for name, values in self._request.GET.lists() for value in values if name != "from"]
        return f"?{urlencode(asked)}" if asked else ""


def furniture(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `furniture`, and what the providers add."""
    if request.path.startswith(("/cms/", "/api/")):
        return {}
    context: dict[str, Any] = {"furniture": Furniture(request)}
    for provider in _providers:
        context |= provider(request, languages.current())
    return context
