"""Where staff work: the places of the house that a signed-in person may enter, and the way in after signing in.

Each package registers its own place; who may enter is the package's rule, handed over as a plain function.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from portal.core.models import User

May = Callable[[User], bool]


@dataclass(frozen=True, slots=True)
class Place:
    """One place of work: its route, its name on the bar, who may enter, and where it stands among the others."""

    route: str
    label: Any
    may: May
    order: int


_places: dict[str, Place] = {}


def register(route: str, label: Any, *, may: May, order: int) -> None:
    """Put a place on the bar of everybody who `may` enter it."""
    _places[route] = Place(route, label, may, order)


def places_of(request: HttpRequest) -> list[tuple[str, Any, str]]:
    """(route, label, address) of what this person may enter, in order; nothing for a stranger."""
    user = request.user
    if not isinstance(user, User) or not user.is_active:
        return []
    return [
        (place.route, place.label, reverse(place.route))
        for place in sorted(_places.values(), key=lambda place: place.order)
        if place.may(user)
    ]


def workplace(request: HttpRequest) -> HttpResponseBase:
    """To the first place this person may enter; whoever has none is shown the front page."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    places = places_of(request)
    return HttpResponseRedirect(places[0][2] if places else reverse("pages:home"))
