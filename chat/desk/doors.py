"""The steps before every view of the desk: staff of consultations only, and a consultation within their reach."""

from __future__ import annotations

import datetime as dt
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
from chat.models import Consultation
from portal.core import audit
from portal.core.models import User

ONE_OPENING = dt.timedelta(hours=1)
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
        consultation = _get(request, public_id)
        audit.record_once("consultation.opened", consultation, by=member(request), within=ONE_OPENING)
        return view(request, consultation, *args, **kwargs)

    return desk_only(wrapped)


def _get(request: HttpRequest, public_id: str) -> Consultation:
    try:
        return access.get_for_staff(public_id, user=member(request))
    except access.NotThere:
        raise Http404 from None
