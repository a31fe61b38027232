"""Telling a resident that their case has moved: its number and where to read it – never what it is about."""

from __future__ import annotations

import hashlib
import hmac
import logging
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from portal.cases import keeping
from portal.cases.models import CaseLink, CaseNews
from portal.cases.registries.facts import CaseState
from portal.core import audit, clock, crypto, silence
from portal.core.phone_numbers import NoNumber, read
from portal.core.sms import NotSent, sms

logger = logging.getLogger(__name__)


class Unfit(ValueError):
    """Neither an e-mail address nor a number that can be rung."""


class Silent(ValueError):
    """Its owner wants no messages of ours."""


def wish(link: CaseLink, to: str) -> None:
    """Tell `to` from now on; a new address takes the place of an old one. Raises Unfit, Silent."""
    try:
        address = to.strip() if "@" in to else read(to)
    except NoNumber as none:
        raise Unfit(to[:3]) from none
    if silence.is_silent(address):
        raise Silent
    known = keeping.from_text(link.kept)
    told = _mark(known.state) if known else ""
    facts = {"sealed": crypto.encrypt(address), "asked_at": clock.now(), "told": told}
    CaseNews.objects.update_or_create(link=link, defaults=facts)
    audit.record("case.news_wished", link, by=audit.RESIDENT)


def drop(link: CaseLink) -> None:
    """No news any more; the address is forgotten at once."""
    CaseNews.objects.filter(link=link).delete()


def is_wished(link: CaseLink) -> bool:
    return hasattr(link, "news")


def token_of(wished: CaseNews) -> str:
    """What the link in a message carries: it stops the messages about one case, and opens nothing."""
    return f"{wished.pk}-{crypto.keyed('no more news of a case', str(wished.pk))[:26]}"


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


def _wished_by(token: str) -> CaseNews | None:
    number, _dash, _sign = token.partition("-")
    is_number = number.isascii() and number.isdecimal() and len(number) < 18
    found = CaseNews.objects.filter(pk=int(number)).first() if is_number else None
    is_theirs = found is not None and hmac.compare_digest(token.encode(), token_of(found).encode())
    return found if is_theirs else None


def heard(link: CaseLink, state: CaseState) -> None:
    """The registry has told how the case stands: what is new is told once, however often it is told to us.

    That the request has arrived is no news: the receipt said so.
    """
    mark = _mark(state)
    wished = CaseNews.objects.filter(link=link).exclude(told=mark)
    before = wished.values_list("told", flat=True).first()
    if before is not None and wished.filter(told=before).update(told=mark) and before:
        transaction.on_commit(partial(_enqueue, link.pk))


def _mark(state: CaseState) -> str:
    """Where a case stands: its steps, and what the person is asked."""
    steps = [f"{step.status}{step.at.isoformat()}" for step in state.steps]
    asked = [one.id for one in state.enquiries]
    return hashlib.sha256("\0".join([state.status, *steps, *asked]).encode()).hexdigest()


def _enqueue(pk: int) -> None:
    try:
        tell.enqueue(pk)
    except Exception as trouble:  # the case has moved all the same; telling is a courtesy
        logger.warning("cases: news could not be queued: %s", type(trouble).__name__)


@task()
def tell(pk: int) -> None:
    """Send it, in the language the request was made in."""
    found = CaseNews.objects.filter(link_id=pk).select_related("link").first()
    try:
        address = crypto.decrypt(found.sealed) if found else ""
    except crypto.Unreadable:
        return
    if found is None or not address or silence.is_silent(address):
        return
    with override(found.link.language):
        number = {"number": found.link.reference}
        enough = f"{settings.SITE_URL}{reverse('cases:no_news', args=[token_of(found)])}"
        words = _("There is news about your request %(number)s. Read it with your receipt: %(address)s") % {
            **number,
            "address": f"{settings.SITE_URL}{reverse('cases:start')}",
        }
        words += "\n" + _("No more messages about it: %(address)s") % {"address": enough}
        subject = _("There is news about %(number)s") % number
    try:
        _send(address, subject, words, enough)
    except (NotSent, OSError) as trouble:
        logger.warning("cases: news of %s could not be sent: %s", found.link.reference, type(trouble).__name__)


def _send(address: str, subject: str, words: str, enough: str) -> None:
    if "@" not in address:
        sms.default.send(address, words)
        return
    headers = {
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{enough}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    EmailMessage(subject, words, to=[address], headers=headers).send()
