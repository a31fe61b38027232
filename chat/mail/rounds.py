"""The mailbox comes round: letters in, answers out."""

from __future__ import annotations

import logging

from django.conf import settings
from django.db import IntegrityError

from chat.actions import letters
from chat.mail import answering, mailbox, reading
from portal.core.schedule import every
from portal.core.throttling import TooMany

logger = logging.getLogger(__name__)


@every(30, "letters of residents")
def take_letters() -> int:
    """Take in what lies unseen. A letter is marked only after its commit: cut off before, it is known next time."""
    if not settings.MAILBOX_URL:
        return 0
    taken = 0
    try:
        with mailbox.opened() as box:
            for number in box.unseen():
                taken += _take(box, number)
    except mailbox.Unreachable as trouble:
        logger.warning("chat: the mailbox can't be read: %s", trouble)
    return taken


@every(15, "answers by letter")
def send_answers() -> int:
    return answering.answer_all()


def _take(box: mailbox.Mailbox, number: bytes) -> bool:
    """One letter. Whatever is wrong with it stays its own trouble."""
    raw = box.content(number)
    if raw is None:
        logger.warning("chat: a letter is too large; it is flagged in the mailbox")
        box.set_aside(number)
        return False
    try:
        letter = reading.read(raw)
        if letters.is_known(letter):
            box.mark_seen(number)
            return False
        is_taken = letters.take(letter) is not None
    except TooMany:
        return False  # it waits in the mailbox
    except IntegrityError:  # another round was faster, or a number was taken: look again next time
        return False
    except mailbox.Unreachable:
        raise
    except Exception:
        logger.exception("chat: a letter could not be taken in; it stays unseen in the mailbox")
        return False
    box.mark_seen(number)
    return is_taken
