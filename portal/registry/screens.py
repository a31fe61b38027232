"""The frame of the registry's screens: the rooms a post may enter, and what each page is drawn in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.registry.access import May, may
from portal.registry.models import Post

ROOMS: tuple[tuple[str, Any, May], ...] = (
    ("registry:cases", _("Cases"), May.READ),
    ("registry:recipients", _("Recipients"), May.READ),
)


def screen(request: HttpRequest, post: Post, template: str, context: dict[str, Any], *, place: str) -> HttpResponse:
    """A page of the registry. `place`: the route of the room it belongs to."""
    rooms = [(route, label, reverse(route)) for route, label, what in ROOMS if may(post, what)]
    furniture = {"place": "registry:cases", "room": place, "rooms": rooms, "post": post}
    return render(request, template, context | furniture)
