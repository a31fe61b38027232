"""What conversations keep in a resident's browser, for the table on the privacy page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from chat import cookie
from portal.core.storage import Kept, Where, register, until_closed

register(
    Kept(
        cookie.name(),
        Where.COOKIE,
        _("Opens your conversation with a consultant in this browser. Set only when you begin one or come back to it."),
        until_closed,
    ),
    Kept(
        "outbox:…",
        Where.SESSION,
        _("A message you have written and that is not sent yet, for example because the connection is lost."),
        until_closed,
    ),
    Kept("draft:…", Where.SESSION, _("What stands in the box and is not sent yet."), until_closed),
)
