"""The display panel: size, colours, spacing, easy text – one non-personal cookie, applied by the server."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from portal.core.caching import DISPLAY_COOKIE
from portal.core.origin import same_site_only
from portal.core.readable import Readable

SIZES = ("100", "150", "200")
COLOURS = {
    "usual": "",
    "bw": "black-on-white",
    "wb": "white-on-black",
    "blue": "blue-on-blue",
}
YEAR = 365 * 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Display(Readable):
    """What the reader chose. `classes` stand on <html>."""

    size: str = "100"
    colour: str = "usual"
    wide: bool = False
    easy: bool = False

    @property
    def classes(self) -> str:
        words = [f"size-{self.size}"] if self.size != "100" else []
        if self.colour != "usual":
            words += ["two-colours", COLOURS[self.colour]]
        return " ".join(words + ["wide"] * self.wide + ["easy"] * self.easy)

    @property
    def cookie(self) -> str:
        return ".".join([self.size, self.colour] + ["wide"] * self.wide + ["easy"] * self.easy)


def read(request: HttpRequest) -> Display:
    """The choice in the cookie; anything unknown in it counts as not chosen."""
    words = set(request.COOKIES.get(DISPLAY_COOKIE, "").split("."))
    return _of(words)


def _of(words: set[str]) -> Display:
    return Display(
        size=next((size for size in SIZES if size in words), "100"),
        colour=next((colour for colour in COLOURS if colour in words), "usual"),
        wide="wide" in words,
        easy="easy" in words,
    )


@same_site_only
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the choice for a year and go back to the page it was made on."""
    words = {request.POST.get("size", ""), request.POST.get("colour", "")}
    words |= {name for name in ("wide", "easy") if request.POST.get(name)}
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    chosen = _of(words)
    if chosen == Display():
        response.delete_cookie(DISPLAY_COOKIE, samesite="Lax")
    else:
        response.set_cookie(
            DISPLAY_COOKIE,
            chosen.cookie,
            max_age=YEAR,
            samesite="Lax",
            httponly=True,
            secure=settings.HTTPS,
        )
    return response
