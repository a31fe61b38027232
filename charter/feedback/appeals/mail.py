"""Telling a resident that there is news: the number and where to read it – never the text of an answer."""

from __future__ import annotations

import logging
import re
from functools import partial

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from charter.feedback.appeals import access
from charter.feedback.models import Appeal
from portal.core.crypto import Unreadable, decrypt

logger = logging.getLogger(__name__)
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def tell_on_commit(appeal: Appeal) -> None:
    """A letter once what happened is really kept; nothing where no address was left."""
    if appeal.contact:
        transaction.on_commit(partial(_enqueue, appeal.pk))


def address_of(appeal: Appeal) -> str:
    """The e-mail address that was left; empty when there is none, or a phone instead."""
    try:
        contact = decrypt(appeal.contact)
    except Unreadable:
        return ""
    return contact if _ADDRESS.fullmatch(contact) else ""


def _enqueue(pk: int) -> None:
    try:
        tell.enqueue(pk)
    except Exception as trouble:  # the deed is kept; the letter is a courtesy
        logger.warning("appeal: no letter could be queued: %s", type(trouble).__name__)


@task()
def tell(pk: int) -> None:
    """Send the letter, in the language the resident wrote in."""
    appeal = access.everything().filter(pk=pk, erased_at=None).first()
    address = address_of(appeal) if appeal else ""
    if appeal is None or not address:
        return
    with override(appeal.language):
        subject = _("There is news about %(number)s") % {"number": appeal.reference}
        lines = [
            _("There is news about what you wrote to us. Its number is %(number)s.") % {"number": appeal.reference},
            _("Read it with the number and the secret code from your receipt:"),
            f"{settings.SITE_URL}{reverse('feedback:appeal_open')}",
            _("We never ask for the secret code by phone or e-mail."),
        ]
    send_mail(subject, "\n\n".join(lines), settings.DEFAULT_FROM_EMAIL, [address])
