"""The frame of the registry's screens: the rooms a post may enter, and what each page is drawn in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.registry.access import May, may
from portal.registry.models import Post

ROOMS: tuple[tuple[str, Any, frozenset[May]], ...] = (
    ("registry:today", _("Visits"), frozenset({May.VISIT, May.VISIT_FOR_OTHERS})),
    ("registry:cases", pgettext_lazy("registry", "Cases"), frozenset({May.READ})),
    ("registry:recipients", _("Recipients"), frozenset({May.READ})),
    ("registry:due", _("What is due"), frozenset({May.READ})),
    ("registry:report", _("Report"), frozenset({May.READ})),
    ("registry:brought", _("Tablets"), frozenset({May.OVERSEE})),
    ("registry:months", _("Months and acts"), frozenset({May.PREPARE, May.CLOSE})),
    ("registry:templates", _("Templates"), frozenset({May.COMPOSE})),
    ("registry:capacity", _("Hours and packages"), frozenset({May.SIGN})),
    ("registry:tariffs", _("Tariffs"), frozenset({May.PRICE})),
    ("registry:posts", _("Posts"), frozenset({May.APPOINT})),
)


def screen(request: HttpRequest, post: Post, template: str, context: dict[str, Any], *, place: str) -> HttpResponse:
    """A page of the registry. `place`: the route of the room it belongs to."""
    rooms = [(route, label, reverse(route)) for route, label, rights in ROOMS if any(may(post, one) for one in rights)]
    furniture = {"place": "registry:cases", "room": place, "rooms": rooms, "post": post}
    return render(request, template, context | furniture)
