"""The steps before every view of the desk: staff of consultations only, and a consultation within their reach."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from charter.memberships import staff_only
from chat import access
from chat.actions import presence
from chat.desk import lock
from chat.desk.opening import opened
from chat.models import Consultation
from portal.core.models import User

View = Callable[..., HttpResponseBase]


def member(request: HttpRequest) -> User:
    """The member of staff; behind `desk_only` it can't be anybody else."""
    assert isinstance(request.user, User)  # noqa: S101
    return request.user


def desk_only(view: View) -> View:
    """Consultants and supervisors; whatever they do at the desk is a sign of life."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if lock.is_closed(request):
            here = request.get_full_path() if request.method == "GET" else ""
            return HttpResponseRedirect(f"{reverse('desk:unlock')}?{urlencode({'next': here})}")
        presence.beat(member(request))
        return view(request, *args, **kwargs)

    return staff_only(*access.ROLES)(wrapped)


def with_consultation(view: View) -> View:
    """Give the view its consultation; 404 for one that is not there or not theirs.

    Whichever part of it is looked at, it has been opened, and that is on record.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, public_id: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, _get(request, public_id), *args, **kwargs)

    return desk_only(wrapped)


def _get(request: HttpRequest, public_id: str) -> Consultation:
    try:
        return opened(public_id, by=member(request))
    except access.NotThere:
        raise Http404 from None
