"""Names under which a text may link to a page: `<a href="page:privacy">`."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import NoReverseMatch
from wagtail.models import Page

from portal.core.addresses import page_address
from portal.core.references import register_link_scheme
from portal.pages.models.base import PageTexts
from portal.pages.roles import ROLES

PARTS: dict[str, str] = {
    "appeal": "feedback:appeal",
    "articles": "kb:articles",
    "case": "cases:start",
    "charter": "charter:charter",
    "home": "pages:home",
    "institutions": "pages:institutions",
    "news": "pages:news",
    "performance": "charter:performance",
    "results-csv": "charter:results_csv",
    "results-json": "charter:results_json",
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
            found[code] = page_address(NAMES[code], language)
        except NoReverseMatch:
            continue
    return found | _chosen(codes - found.keys(), language)


def _chosen(codes: frozenset[str], language: str) -> dict[str, str]:
    """Pages an editor chose in Wagtail's tree, written `page:id-7`."""
    keys = {int(code[3:]): code for code in codes if code.startswith("id-") and code[3:].isdecimal()}
    if not keys:
        return {}
    pages = Page.objects.filter(pk__in=keys, live=True).specific()
    return {keys[page.pk]: page.address(language) for page in pages if isinstance(page, PageTexts)}


register_link_scheme("page", addresses)
