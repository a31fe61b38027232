"""What a script needs from the page: an example of each kind of line, and words – so nothing is said twice.

The examples are rendered by the same template as real lines, with `{name}` and the like where a value goes.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from chat.models import Author, EventKind
from chat.transcript import PublicEvent
from portal.core import clock

_EXAMPLES: tuple[tuple[EventKind, Author, dict[str, str]], ...] = (
    (EventKind.MESSAGE, Author.RESIDENT, {}),
    (EventKind.MESSAGE, Author.CONSULTANT, {}),
    (EventKind.ATTACHMENT, Author.RESIDENT, {"name": "{name}", "id": "-" * 22}),
    (EventKind.ATTACHMENT, Author.CONSULTANT, {"name": "{name}", "id": "-" * 22}),
    (EventKind.ARTICLE, Author.CONSULTANT, {"title": "", "answer": "", "url": "", "checked": "{checked}"}),
    (EventKind.REQUEST, Author.CONSULTANT, {"reference": "{reference}"}),
    (EventKind.CLAIMED, Author.CONSULTANT, {}),
    (EventKind.RELEASED, Author.CONSULTANT, {}),
    (EventKind.TRANSFERRED, Author.CONSULTANT, {"to": "{to}"}),
    (EventKind.TRANSFERRED, Author.CONSULTANT, {"institution": "{institution}"}),
    (EventKind.PROMISED, Author.SYSTEM, {"kind": "callback", "when": "{when}"}),
    (EventKind.PROMISED, Author.SYSTEM, {"kind": "written", "when": "{when}"}),
    (EventKind.REDACTED, Author.CONSULTANT, {"of": "{of}"}),
    (EventKind.TRIED, Author.CONSULTANT, {"when": "{when}"}),
    (EventKind.CLOSED, Author.CONSULTANT, {}),
    (EventKind.CLOSED, Author.RESIDENT, {}),
    (EventKind.REOPENED, Author.RESIDENT, {}),
    (EventKind.REOPENED, Author.CONSULTANT, {}),
)


def all_looks() -> list[PublicEvent]:
    """One example a kind of line."""
    return [
        PublicEvent(
            sequence=0,
            kind=kind,
            author=author,
            name="{name}",
            text="",
            language="",
            data=data,
            client_id="",
            at=clock.now(),
        )
        for kind, author, data in _EXAMPLES
    ]


def words() -> dict[str, str]:
    """Everything the script may say, in the page's language."""
    return {
        "consultant": _("Consultant"),
        "sending": _("Sending…"),
        "sent": _("Sent"),
        "failed": _("Not sent: there is no connection. Your text is kept; we try again by ourselves."),
        "retry": _("Send now"),
        "too_long": _("Your message is too long: send it in two parts"),
        "too_many": _("You sent many messages in a minute. We send this one in a moment."),
        "ended": _("The conversation has ended, so this message was not sent"),
        "refused": _("This message could not be sent. Change it or copy it, and try again."),
        "new": _("New messages: {count}"),
        "lost": _("There is no connection. What you write is kept and sent as soon as it is back."),
        "back": _("The connection is back."),
        "slow": _("The connection is slow: new messages may come a few seconds later."),
        "removed": _("This message was removed."),
        "take_back": _("Put the text back into the box"),
        "personal_code": _("This looks like a personal code. It is not needed here."),
        "account": _("This looks like an account number. It is not needed here."),
        "card": _("This looks like a card number. It is not needed here."),
    }
