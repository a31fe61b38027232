"""The answers of a call, sent to the caller's phone or mailbox: titles and addresses of articles, nothing personal."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from chat import access, numbers, transcript
from chat.actions.errors import NotYours, Unfit
from chat.models import Author, Consultation, EventKind
from portal.core import audit
from portal.core.models import User
from portal.core.sms import NotSent, sms


def send_answers(consultation: Consultation, *, to: str, site: str, by: User) -> str:
    """Send what was answered with to `to`, a number or an e-mail address; returns how it went out.

    Nothing of the conversation goes along: only what stands on public pages. Raises Unfit ("nothing", "address"),
    NotYours, NotSent.
    """
    if consultation.consultant_id != by.pk:
        raise NotYours
    found = access.all_events(consultation).filter(kind=EventKind.ARTICLE).values_list("data", flat=True)
    answers = {data["url"]: data for data in found if data.get("url")}
    if not answers:
        raise Unfit("nothing")
    with override(consultation.language):
        way = _by_mail(to, answers, site) if "@" in to else _by_sms(to, answers, site)
    _note(consultation, way, by=by)
    return way


def _by_sms(to: str, answers: dict[str, dict[str, str]], site: str) -> str:
    try:
        number = numbers.read(to)
    except numbers.NoNumber:
        raise Unfit("address") from None
    lines = [f"{data['title']}: {site}{url}" for url, data in answers.items()]
    sms.default.send(number, "\n".join(lines))
    return "sms"


def _by_mail(to: str, answers: dict[str, dict[str, str]], site: str) -> str:
    address = to.strip()
    try:
        validate_email(address)
    except ValidationError:
        raise Unfit("address") from None
    lines = [f"{data['title']}\n{data.get('answer', '')}\n{site}{url}" for url, data in answers.items()]
    said = _("You spoke with us on the phone. Here is what we told you about:")
    letter = EmailMessage(_("Answers from our consultant"), "\n\n".join((said, *lines)), to=[address])
    letter.extra_headers["Auto-Submitted"] = "auto-generated"
    try:
        letter.send()
    except OSError as trouble:
        raise NotSent(type(trouble).__name__) from trouble
    return "mail"


@transaction.atomic
def _note(consultation: Consultation, way: str, *, by: User) -> None:
    locked = access.locked(consultation)
    body = transcript.Body(data={"way": way})
    transcript.append(locked, kind=EventKind.SENT_OUT, author=Author.CONSULTANT, by=by, body=body)
    audit.record("consultation.answers_sent", locked, by=by, way=way)
