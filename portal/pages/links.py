"""Names under which a text may link to a page: `<a href="page:privacy">`."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import NoReverseMatch

from portal.core.references import register_link_scheme
from portal.core.routes import address_of
from portal.pages.roles import ROLES

PARTS: dict[str, str] = {
    "articles": "kb:articles",
    "case": "cases:start",
    "charter": "charter:charter",
    "home": "pages:home",
    "institutions": "pages:institutions",
    "news": "pages:news",
    "performance": "charter:performance",
    "services": "pages:services",
    "sitemap": "pages:sitemap",
    "write": "chat:start",
}
NAMES: dict[str, str] = {**{role.code: role.route for role in ROLES.values()}, **PARTS}


def addresses(codes: frozenset[str], language: str) -> Mapping[str, str]:
    """Addresses of the pages that have these names."""
    found: dict[str, str] = {}
    for code in codes & NAMES.keys():
        try:
            found[code] = address_of(NAMES[code], language)
        except NoReverseMatch:
            continue
    return found


register_link_scheme("page", addresses)
