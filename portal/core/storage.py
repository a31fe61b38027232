"""Everything this site keeps in a browser: one table, shown on the privacy page. What is not in it is not set."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


class Where(enum.Enum):
    """In which of a browser's places it lies."""

    COOKIE = _("cookie")
    SESSION = _("this tab’s storage")
    LOCAL = _("the browser’s storage")


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing: its name, where, what for, how long. `life` is asked when the page is shown, in its language."""

    name: str
    where: Where
    purpose: Any
    life: Callable[[], str]


_kept: dict[str, Kept] = {}


def register(*things: Kept) -> None:
    """Add to the table. A name stands once."""
    for thing in things:
        _kept[thing.name] = thing


def table() -> list[Kept]:
    """All of it: cookies first, then by name."""
    return sorted(_kept.values(), key=lambda thing: (thing.where is not Where.COOKIE, thing.name))


def until_closed() -> str:
    return str(_("until you close the browser"))


def until_removed() -> str:
    return str(_("until you remove it in the browser"))


def until_sent() -> str:
    return str(_("until it is sent"))


def for_seconds(seconds: int) -> Callable[[], str]:
    """A length of time in the largest unit that says it exactly."""

    def life() -> str:
        days, hours = seconds // 86400, seconds // 3600
        if days and seconds % 86400 == 0:
            return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
        if hours and seconds % 3600 == 0:
            return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
        minutes = -(-seconds // 60)
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}

    return life


YEAR = 365 * 24 * 60 * 60
register(
    Kept(
        "display",
        Where.COOKIE,
        _("Remembers the letter size, colours and spacing you chose. Set only when you save a choice."),
        for_seconds(YEAR),
    ),
    Kept(
        settings.LANGUAGE_COOKIE_NAME,
        Where.COOKIE,
        _("Remembers the language you chose on a page whose address does not say it, such as the sign-in."),
        for_seconds(YEAR),
    ),
    Kept(
        settings.CSRF_COOKIE_NAME,
        Where.COOKIE,
        _("Protects forms with personal data: another site cannot send them in your name."),
        for_seconds(settings.CSRF_COOKIE_AGE or YEAR),
    ),
    Kept(
        settings.SESSION_COOKIE_NAME,
        Where.COOKIE,
        _("Only for staff: remembers who has signed in."),
        for_seconds(settings.SESSION_COOKIE_AGE),
    ),
    Kept(
        "messages",
        Where.COOKIE,
        _("Only for staff: carries a short notice, such as “saved”, to the next page."),
        until_closed,
    ),
)
