"""Grants: what a resident's browser holds after it has shown a receipt once – a signed cookie for one object.

Nothing about it is secret to the server and nothing is stored: the cookie names the object and when it was given,
under the server's signature. It dies with the browser, after `seconds`, and when the resident presses "Finish".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase

Answer = TypeVar("Answer", bound=HttpResponseBase)


@dataclass(frozen=True, slots=True)
class Grant:
    """One kind of grant, e.g. `Grant("case", 2 * 60 * 60)`; a browser holds at most one object of a kind."""

    name: str
    seconds: int

    @property
    def cookie(self) -> str:
        """`__Host-` where the site has HTTPS: then no neighbour under the same domain can set it."""
        return f"__Host-{self.name}" if settings.HTTPS else self.name

    def give(self, response: Answer, public_id: str) -> Answer:
        """Let this browser in to one object from now on. The caller has checked the receipt."""
        response.set_cookie(
            self.cookie,
            signing.dumps(public_id, salt=self._salt),
            httponly=True,
            secure=settings.HTTPS,
            samesite="Lax",
            path="/",
        )
        return response

    def held(self, request: HttpRequest) -> str | None:
        """The public id this browser may see; None without a grant, with a forged one or one that ran out."""
        try:
            value = signing.loads(request.COOKIES.get(self.cookie, ""), salt=self._salt, max_age=self.seconds)
        except signing.BadSignature:
            return None
        return value if isinstance(value, str) else None

    def forget(self, response: Answer) -> Answer:
        """The resident is done: the next person at this computer finds nothing."""
        response.delete_cookie(self.cookie, path="/", samesite="Lax")
        if settings.HTTPS:  # a browser only takes a `__Host-` cookie, also an empty one, when it is secure
            response.cookies[self.cookie]["secure"] = True
        return response

    @property
    def _salt(self) -> str:
        return f"grant:{self.name}"
