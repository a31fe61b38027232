"""The doors to a tablet: its browser holds a signed cookie, staff see those of their institutions."""

from __future__ import annotations

from typing import TypeVar

from django.conf import settings
from django.core import signing
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from charter.feedback.models import Kiosk
from charter.memberships import reach_of
from charter.models import Role
from portal.core import receipts
from portal.core.models import User

Answer = TypeVar("Answer", bound=HttpResponseBase)
LEADERS = (Role.SUPERVISOR, Role.MANAGER, Role.ADMINISTRATOR)
SECONDS = 400 * 24 * 60 * 60  # as long as a browser keeps a cookie; every visit begins it anew
_SALT = "kiosk"


def cookie() -> str:
    """Its name; `__Host-` where the site has HTTPS, so that no neighbour under the same domain can set it."""
    return "__Host-kiosk" if settings.HTTPS else "kiosk"


def with_code(typed: str) -> Kiosk | None:
    """The tablet that this code opens, read in any forgiving way."""
    digests = [receipts.digest(reading) for reading in receipts.readings(typed)]
    return _open().filter(code_digest__in=digests).first()


def of_browser(request: HttpRequest) -> Kiosk | None:
    """The tablet that asks; None without its cookie, after a new code was made, and when it was withdrawn."""
    try:
        value = signing.loads(request.COOKIES.get(cookie(), ""), salt=_SALT)
    except signing.BadSignature:
        return None
    public_id, _colon, code = str(value).partition(":")
    found = _open().filter(public_id=public_id).first()
    return found if found and found.code_digest.startswith(code) and code else None


def remember(response: Answer, kiosk: Kiosk) -> Answer:
    """This browser is that tablet from now on."""
    response.set_cookie(
        cookie(),
        signing.dumps(f"{kiosk.public_id}:{kiosk.code_digest[:16]}", salt=_SALT),
        max_age=SECONDS,
        httponly=True,
        secure=settings.HTTPS,
        samesite="Lax",
        path="/",
    )
    return response


def for_staff(user: User) -> QuerySet[Kiosk]:
    """Tablets that `user` may withdraw or give a new code."""
    reach = reach_of(user, *LEADERS)
    found = Kiosk.objects.filter(withdrawn_at=None)
    return found if reach.whole_city else found.filter(institution__in=reach.institutions)


def _open() -> QuerySet[Kiosk]:
    return Kiosk.objects.select_related("institution").filter(withdrawn_at=None)
