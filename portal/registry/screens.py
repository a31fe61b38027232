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
from portal.registry.watch.actions import count_open

ROOMS: tuple[tuple[str, Any, frozenset[May]], ...] = (
    ("registry:today", _("Visits"), frozenset({May.VISIT, May.VISIT_FOR_OTHERS})),
    ("registry:cases", pgettext_lazy("registry", "Cases"), frozenset({May.READ})),
    ("registry:recipients", _("Recipients"), frozenset({May.READ})),
    ("registry:due", _("What is due"), frozenset({May.READ})),
    ("registry:report", _("Report"), frozenset({May.READ})),
    ("registry:watch", _("Planned against done"), frozenset({May.REPORT})),
    ("registry:brought", _("Tablets"), frozenset({May.OVERSEE})),
    ("registry:questions", _("Questions"), frozenset({May.READ})),
    ("registry:stat_forms", _("Statistical forms"), frozenset({May.REPORT})),
    ("registry:months", _("Months and acts"), frozenset({May.PREPARE, May.CLOSE})),
    ("registry:templates", _("Templates"), frozenset({May.COMPOSE})),
    ("registry:capacity", _("Hours and packages"), frozenset({May.SIGN})),
    ("registry:tariffs", _("Tariffs"), frozenset({May.PRICE})),
    ("registry:posts", _("Posts"), frozenset({May.APPOINT})),
    ("registry:exchange", _("Exchange"), frozenset({May.EXCHANGE})),
    ("registry:looks", _("Who looked"), frozenset({May.WATCH})),
    ("registry:erasures", _("Erasures"), frozenset({May.GUARD})),
    ("registry:processing", _("Record of processing"), frozenset({May.WATCH})),
)
# What is entered every day stands in the row; the rest is folded, since sixteen rooms would fill a phone's screen.
DAILY = frozenset({"registry:today", "registry:cases", "registry:recipients", "registry:due", "registry:watch"})


def screen(request: HttpRequest, post: Post, template: str, context: dict[str, Any], *, place: str) -> HttpResponse:
    """A page of the registry. `place`: the route of the room it belongs to."""
    rooms = [
        (route, _label(route, label, post), reverse(route))
        for route, label, rights in ROOMS
        if any(may(post, one) for one in rights)
    ]
    row = [one for one in rooms if one[0] in DAILY or one[0] == place]
    folded = [one for one in rooms if one not in row]
    furniture = {"place": "registry:cases", "room": place, "rooms": row, "more_rooms": folded, "post": post}
    return render(request, template, context | furniture)


def _label(route: str, label: Any, post: Post) -> str:
    """The room's name; for the head with how many alerts wait in it."""
    waiting = count_open(post) if route == "registry:watch" and may(post, May.OVERSEE) else 0
    return f"{label} ({waiting})" if waiting else str(label)
