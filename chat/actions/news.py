"""Telling a resident, by message or letter, that there is an answer: its number and where to read it, nothing more."""

from __future__ import annotations

import datetime as dt
import hmac
import logging
from functools import partial

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from chat import access, numbers
from chat.actions.errors import Ended, Unfit
from chat.models import Consultation, NewsWish
from portal.core import audit, clock, crypto, silence
from portal.core.sms import NotSent, sms

logger = logging.getLogger(__name__)
NOT_AGAIN = dt.timedelta(hours=1)  # several answers in a row are one piece of news


@transaction.atomic
def wish(consultation: Consultation, to: str) -> NewsWish:
    """Remember where to tell; a new address takes the place of an old one.

    Raises Unfit ("address"; "silent": its owner wants no messages of ours), Ended.
    """
    address = read(to)
    if silence.is_silent(address):
        raise Unfit("silent")
    locked = access.locked(consultation)
    if locked.erased_at is not None or not locked.is_open:
        raise Ended
    made, _is_new = NewsWish.objects.update_or_create(
        consultation=locked,
        defaults={"sealed": crypto.encrypt(address), "asked_at": clock.now(), "told_at": None},
    )
    audit.record("consultation.news_wished", locked, by=audit.RESIDENT)
    return made


def drop(consultation: Consultation) -> None:
    """No news any more; the address is forgotten at once."""
    NewsWish.objects.filter(consultation=consultation).delete()


def token_of(wish: NewsWish) -> str:
    """What the link in a message carries: it stops the messages about one question, and opens nothing."""
    return f"{wish.pk}-{crypto.keyed('no more news', str(wish.pk))[:26]}"


def drop_by(token: str) -> bool:
    """Whoever was told, also by mistake, hears no more. False where the link means nothing, or nothing any more."""
    found = _wished_by(token)
    if found is not None:
        found.delete()
    return found is not None


@transaction.atomic
def silence_by(token: str) -> bool:
    """The address of this link is never written to again, whatever it is about. The same link takes that back."""
    found = _wished_by(token)
    if found is not None:
        silence.silence(crypto.decrypt(found.sealed), by_link=token)
        found.delete()
    return found is not None


def _wished_by(token: str) -> NewsWish | None:
    number, _dash, _sign = token.partition("-")
    is_number = number.isascii() and number.isdecimal() and len(number) < 18
    found = NewsWish.objects.filter(pk=int(number)).first() if is_number else None
    return found if found is not None and hmac.compare_digest(token, token_of(found)) else None


def is_wished(consultation: Consultation) -> bool:
    return NewsWish.objects.filter(consultation=consultation).exists()


def read(to: str) -> str:
    """An e-mail address or a number as it can be used. Raises Unfit ("address")."""
    try:
        if "@" in to:
            validate_email(to.strip())
            return to.strip()
        return numbers.read(to)
    except (ValidationError, numbers.NoNumber):
        raise Unfit("address") from None


def tell_on_commit(consultation: Consultation) -> None:
    """There is an answer: tell it once it is stored, at most once an hour."""
    due = NewsWish.objects.filter(consultation=consultation).exclude(told_at__gt=clock.now() - NOT_AGAIN)
    if due.update(told_at=clock.now()):
        transaction.on_commit(partial(_enqueue, consultation.pk))


def _enqueue(pk: int) -> None:
    try:
        tell.enqueue(pk)
    except Exception as trouble:  # the answer is kept; telling is a courtesy
        logger.warning("chat: news could not be queued: %s", type(trouble).__name__)


@task()
def tell(pk: int) -> None:
    """Send it, in the language of the conversation."""
    found = NewsWish.objects.filter(consultation=pk).select_related("consultation").first()
    if found is None:
        return
    address, consultation = crypto.decrypt(found.sealed), found.consultation
    if silence.is_silent(address):  # by a message about another question
        found.delete()
        return
    with override(consultation.language):
        words = _("There is an answer to your question %(number)s. Read it with your receipt: %(address)s") % {
            "number": consultation.reference,
            "address": f"{settings.SITE_URL}{reverse('chat:resume')}",
        }
        enough = f"{settings.SITE_URL}{reverse('chat:no_news', args=[token_of(found)])}"
        words += "\n" + _("No more messages about it: %(address)s") % {"address": enough}
        subject = _("There is an answer to %(number)s") % {"number": consultation.reference}
    try:
        if "@" in address:
            headers = {
                "Auto-Submitted": "auto-generated",
                "List-Unsubscribe": f"<{enough}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            }
            EmailMessage(subject, words, to=[address], headers=headers).send()
        else:
            sms.default.send(address, words)
    except (NotSent, OSError) as trouble:
        logger.warning("chat: news of %s could not be sent: %s", consultation.reference, type(trouble).__name__)
