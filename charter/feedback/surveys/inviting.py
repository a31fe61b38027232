"""Inviting people: one-time links by e-mail, letters with codes, reminders that know nothing of any answer."""

from __future__ import annotations

import logging
import re
import secrets
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from charter.feedback.models import Survey, SurveyInvitation, SurveyState, Way
from charter.feedback.surveys.languages import definition_of
from portal.core import audit, clock, receipts
from portal.core.crypto import Unreadable, decrypt, encrypt
from portal.core.languages import LANGUAGES
from portal.core.models import User

logger = logging.getLogger(__name__)
MOST_AT_ONCE = 500
_ADDRESS = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")


class NotOpen(RuntimeError):
    """People are invited to open surveys only."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How many were invited by e-mail and by letter, how many of them answered, how many can be reminded."""

    mailed: int
    mailed_used: int
    letters: int
    letters_used: int
    to_remind: int


def addresses_in(text: str) -> list[str]:
    """E-mail addresses in what was typed, each once."""
    return list(dict.fromkeys(found.lower() for found in _ADDRESS.findall(text)))


def by_mail(survey: Survey, addresses: list[str], language: str, *, by: User) -> int:
    """A one-time link to each address that has none yet; returns how many went out. Raises NotOpen."""
    _must_be_open(survey)
    language = language if language in LANGUAGES else survey.source_language
    known = {_address(one) for one in survey.invitations.exclude(address="")}
    fresh = [address for address in addresses if address not in known][:MOST_AT_ONCE]
    with transaction.atomic():
        for address in fresh:
            code = _new_code()
            invitation = SurveyInvitation.objects.create(
                survey=survey, digest=receipts.digest(code), address=encrypt(address), language=language
            )
            transaction.on_commit(partial(_enqueue, invitation.pk, code))
        audit.record("survey.invited", survey, by=by, count=len(fresh), way=Way.LINK.value)
    return len(fresh)


def letters(survey: Survey, many: int, *, by: User) -> list[str]:
    """So many codes for letters, shown this once: what is kept of them cannot be read back. Raises NotOpen."""
    _must_be_open(survey)
    codes = [_new_code() for _n in range(max(1, min(many, MOST_AT_ONCE)))]
    with transaction.atomic():
        SurveyInvitation.objects.bulk_create(
            SurveyInvitation(survey=survey, digest=receipts.digest(code), way=Way.LETTER) for code in codes
        )
        audit.record("survey.invited", survey, by=by, count=len(codes), way=Way.LETTER.value)
    return codes


def remind(survey: Survey, *, by: User) -> int:
    """A new link to whoever has not used theirs, once a day at most; the old one ends. Raises NotOpen.

    It asks whether a link was used, never what was answered with it.
    """
    _must_be_open(survey)
    today, sent = clock.today(), 0
    with transaction.atomic():
        for invitation in _to_remind(survey).select_for_update():
            code = _new_code()
            invitation.digest, invitation.reminded_on = receipts.digest(code), today
            invitation.save(update_fields=["digest", "reminded_on"])
            transaction.on_commit(partial(_enqueue, invitation.pk, code))
            sent += 1
        audit.record("survey.reminded", survey, by=by, count=sent)
    return sent


def standing(survey: Survey) -> Standing:
    """Counts only: nobody sees who."""
    mailed, papers = survey.invitations.filter(way=Way.LINK), survey.invitations.filter(way=Way.LETTER)
    return Standing(
        mailed.count(),
        mailed.filter(is_used=True).count(),
        papers.count(),
        papers.filter(is_used=True).count(),
        _to_remind(survey).count(),
    )


def spaced(code: str) -> str:
    """A code as it is printed."""
    return " ".join(code[place : place + 4] for place in range(0, len(code), 4))


@task()
def send(pk: int, sealed: str) -> None:
    """Send one link, in the language it is meant for. `sealed`: its code, encrypted while it waits in the queue."""
    invitation = SurveyInvitation.objects.filter(pk=pk, is_used=False).select_related("survey").first()
    address = _address(invitation) if invitation else ""
    if invitation is None or not address:
        return
    survey, language = invitation.survey, invitation.language
    definition = definition_of(survey)
    title = definition.say(definition.title, language).text
    with override(language):
        link = f"{settings.SITE_URL}{reverse('feedback:survey_invited', args=[decrypt(sealed)])}"
        lines = [
            _("We would like to hear from you: %(title)s.") % {"title": title},
            link,
            _("The link counts once. We do not learn who answered what, and we delete your address when it is over."),
        ]
        if invitation.reminded_on:
            lines.insert(0, _("A reminder: the survey is still open. If you have answered by another way, ignore it."))
        subject = _("A few questions: %(title)s") % {"title": title}
    send_mail(subject, "\n\n".join(lines), settings.DEFAULT_FROM_EMAIL, [address])


def _to_remind(survey: Survey) -> QuerySet[SurveyInvitation]:
    return survey.invitations.filter(is_used=False).exclude(address="").exclude(reminded_on=clock.today())


def _must_be_open(survey: Survey) -> None:
    if survey.state != SurveyState.OPEN or survey.is_over(clock.today()):
        raise NotOpen


def _new_code() -> str:
    return "".join(secrets.choice(receipts.ALPHABET) for _sign in range(16))


def _address(invitation: SurveyInvitation) -> str:
    try:
        return decrypt(invitation.address)
    except Unreadable:
        return ""


def _enqueue(pk: int, code: str) -> None:
    try:
        send.enqueue(pk, encrypt(code))
    except Exception as trouble:  # the invitation is kept; a reminder sends it again
        logger.warning("survey: no letter could be queued: %s", type(trouble).__name__)
