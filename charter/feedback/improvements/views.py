""" "You said – we changed", and what became better: public pages."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from charter.feedback.improvements import selectors
from charter.feedback.models import Improvement, Story
from portal.core import previews
from portal.core.addresses import page_address, redirected
from portal.core.caching import public_page
from portal.core.languages import current

SECTION = "charter:charter"


@public_page()
def changes(request: HttpRequest) -> HttpResponse:
    """What residents said and what was changed because of it."""
    return _changes(request)


@public_page()
def improvement(request: HttpRequest, slug: str) -> HttpResponse:
    """One improvement; another language's word in the address leads to the right one."""
    told = selectors.finished_one(slug, current())
    if told is None:
        raise Http404(slug)
    return redirected(request, told.alternates) or _improvement(request, told)


def preview_improvement(request: HttpRequest, obj: Improvement, language: str) -> HttpResponse:
    return _improvement(request, selectors.with_text(obj.pk, language))


def preview_story(request: HttpRequest, obj: Story, language: str) -> HttpResponse:
    return _changes(request)


previews.register(Improvement, preview_improvement)
previews.register(Story, preview_story)


def _changes(request: HttpRequest) -> HttpResponse:
    context = {
        "section": SECTION,
        "stories": selectors.stories(current()),
        "improvements": selectors.finished(current()),
    }
    return render(request, "feedback/improvements/changes.html", context)


def _improvement(request: HttpRequest, told: selectors.Told) -> HttpResponse:
    crumbs = [(page_address("feedback:changes", current()), _("You said, we changed"))]
    context = {"section": SECTION, "told": told, "crumbs": crumbs}
    return render(request, "feedback/improvements/improvement.html", context)
