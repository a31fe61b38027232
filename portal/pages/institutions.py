"""Institutions: the list, and the page of one."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from charter import catalogue, offices, selectors
from charter.models import Institution
from kb import selectors as answers
from portal.core import previews
from portal.core.addresses import page_address, redirected
from portal.core.caching import public_page
from portal.core.languages import current


@public_page()
def institutions(request: HttpRequest) -> HttpResponse:
    """All institutions with whom they serve and their phone."""
    return render(
        request,
        "pages/institutions.html",
        {"section": "pages:institutions", "offices": offices.offices(current())},
    )


@public_page()
def institution(request: HttpRequest, slug: str) -> HttpResponse:
    """One institution; another language's word in the address leads to the right one."""
    facts = offices.institution_named(slug, current())
    if facts is None:
        raise Http404(slug)
    return redirected(request, facts.alternates) or _page(request, facts)


def preview(request: HttpRequest, obj: Institution, language: str) -> HttpResponse:
    """The page of an institution as it stands now."""
    facts = offices.institution_with(obj.pk, language)
    assert facts is not None  # noqa: S101  (it was saved as live a moment ago)
    return _page(request, facts)


previews.register(Institution, preview)


def _page(request: HttpRequest, facts: offices.OfficeFacts) -> HttpResponse:
    language = current()
    return render(
        request,
        "pages/institution.html",
        {
            "section": "pages:institutions",
            "facts": facts,
            "office": facts.office,
            "services": catalogue.services_of_institution(facts.office.id, language),
            "articles": answers.articles_of_institution(facts.office.id, language),
            "promises": selectors.promises_of_institution(facts.office.id, language),
            "crumbs": [(page_address("pages:institutions", language), _("Institutions"))],
            "write_query": f"?institution={facts.office.code}",
        },
    )
