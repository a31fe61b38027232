"""Why an action was refused; the edges put it into words or codes."""

from __future__ import annotations

from chat.models import Consultation


class Refused(Exception):
    """The base of all refusals; `code` is one of the protocol's fixed list."""

    code = "refused"


class AlreadyClaimed(Refused):
    """Somebody was first. `name` says who; empty when the resident has left meanwhile."""

    code = "already_claimed"

    def __init__(self, consultation: Consultation) -> None:
        self.name = str(consultation.consultant or "")
        super().__init__(f"{consultation} is taken by {self.name or 'nobody: it is over'}")


class Ended(Refused):
    """The conversation is over: nothing can be added. The resident may rate it, read it or begin a new one."""

    code = "ended"


class NotEnded(Refused):
    """This can be done only when the conversation is over."""

    code = "not_ended"


class NotYours(Refused):
    """The consultation lies with somebody else, or with nobody yet."""

    code = "not_yours"


class CannotTake(Refused):
    """The person or office it was to be handed to can't take it."""

    code = "cannot_take"


class Conflict(Refused):
    """The same `client_id` came with another content."""

    code = "conflict"


class Unfit(Refused):
    """The text is empty or too long; `code` says which."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class Kept(Refused):
    """The conversation belongs to a registered request and can't be erased by itself."""

    code = "kept"


class TooOften(Refused):
    """More messages than one browser may send in a minute."""

    code = "too_many"


class Trouble(Refused):
    """It was not stored, by no fault of who wrote it; trying again helps."""

    code = "trouble"
