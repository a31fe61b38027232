"""What a signed-in person may do, by membership: every staff view and query asks here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase

from charter.models import Institution, Membership
from portal.core.models import User
from portal.core.statements import Question, Rows, Statement

View = Callable[..., HttpResponseBase]
CITY = None


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a user holds certain roles: the whole city, or these institutions."""

    whole_city: bool
    institutions: frozenset[int]

    @classmethod
    def nowhere(cls) -> Reach:
        return cls(whole_city=False, institutions=frozenset())

    def __bool__(self) -> bool:
        return self.whole_city or bool(self.institutions)

    def covers(self, institution_id: int | None) -> bool:
        """Whether something of this institution (None: of the city) lies within reach."""
        return self.whole_city or (institution_id is not None and institution_id in self.institutions)


def reach_of(user: User | AnonymousUser, *roles: str) -> Reach:
    """Where `user` holds any of `roles`."""
    if not user.is_authenticated or not user.is_active:
        return Reach.nowhere()
    return _reach(Membership.objects.filter(user_id=user.pk, role__in=roles).values_list("institution_id", flat=True))


def places_asked(users: Collection[int], *roles: str) -> Question:
    """`reach_of` for many at once, to be asked together with other things; `reaches_in` reads the answer."""
    return _PLACES, [[user, role] for user in users for role in roles]


def reaches_in(answer: Rows) -> dict[int, Reach]:
    """The reaches by user; whoever holds none of the roles or is gone is not in it."""
    held: dict[int, set[int | None]] = {}
    for user, place in answer:
        held.setdefault(user, set()).add(place)
    return {user: _reach(places) for user, places in held.items()}


_PLACES = Statement(
    postgres="SELECT m.user_id, m.institution_id FROM json_array_elements(%s::json) w"
    " JOIN charter_membership m ON m.user_id = (w->>0)::bigint AND m.role = w->>1"
    " JOIN core_user u ON u.id = m.user_id WHERE u.is_active",
    sqlite="SELECT m.user_id, m.institution_id FROM json_each(?) w CROSS JOIN charter_membership m"
    " ON m.user_id = json_extract(w.value, '$[0]') AND m.role = json_extract(w.value, '$[1]')"
    " JOIN core_user u ON u.id = m.user_id WHERE u.is_active",
)


def _reach(places: Iterable[int | None]) -> Reach:
    found = set(places)
    return Reach(whole_city=CITY in found, institutions=frozenset(place for place in found if place is not CITY))


def _reach_at_the_door(user: User, roles: frozenset[str]) -> Reach:
    """`reach_of` for who enters a place of work: its one query also tells the bar which places there are."""
    held = list(Membership.objects.filter(user_id=user.pk).values_list("role", "institution_id"))
    if not user.is_active:
        held = []
    user._held_roles = frozenset(role for role, _place in held)  # type: ignore[attr-defined]
    return _reach(place for role, place in held if role in roles)


def roles_of(user: User | AnonymousUser) -> frozenset[str]:
    """All roles of `user`, wherever held."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    return frozenset(Membership.objects.filter(user_id=user.pk).values_list("role", flat=True))


def holds(*roles: str) -> Callable[[User], bool]:
    """A rule for places of work: whether a user holds any of `roles` anywhere. One query a user object."""

    def may(user: User) -> bool:
        held: frozenset[str] | None = getattr(user, "_held_roles", None)
        if held is None:
            held = roles_of(user)
            user._held_roles = held  # type: ignore[attr-defined]
        return not held.isdisjoint(roles)

    return may


def institutions_of(user: User | AnonymousUser, *roles: str) -> QuerySet[Institution]:
    """Institutions where `user` holds any of `roles`; all of them for the whole city."""
    reach = reach_of(user, *roles)
    everything = Institution.objects.all()
    return everything if reach.whole_city else everything.filter(pk__in=reach.institutions)


def staff_only(*roles: str) -> Callable[[View], View]:
    """Let in members with any of `roles`: a stranger is asked to sign in, others are told it isn't for them.

    The view finds the `Reach` in `request.reach`.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not isinstance(request.user, User):
                return redirect_to_login(request.get_full_path())
            reach = _reach_at_the_door(request.user, frozenset(roles))
            if not reach:
                raise PermissionDenied
            request.reach = reach  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)

        return wrapped

    return decorate
