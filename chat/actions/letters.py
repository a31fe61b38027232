"""Letters from residents: each becomes a consultation of the same queue, or goes on with the one it answers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from email.utils import parseaddr
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import Q

from chat import access, events, hours, transcript
from chat.actions import alerts, attachments, messages, reopening, tasks
from chat.actions.starting import is_urgent
from chat.mail import languages, mailbox, reading
from chat.mail.reading import Incoming
from chat.models import (
    OPEN_STATES,
    AlertKind,
    Author,
    Channel,
    Consultation,
    EventKind,
    Fate,
    Letter,
    MailThread,
    TaskReason,
)
from portal.core import audit, clock, crypto, receipts, uploads
from portal.core.languages import LANGUAGES
from portal.core.throttling import Limit

# One sender an hour; what is above waits in the mailbox, so a loop between two programs runs dry.
LETTERS = Limit("chat-letters", 20, 60 * 60)
_NUMBER = re.compile(r"\bK\d{4}-\d{4}\b")
_GAP = "\n\n"


def is_known(letter: Incoming) -> bool:
    """Whether it was taken in before, by a round that was cut off before it could mark it."""
    return Letter.objects.filter(digest=digest(letter.identifier)).exists()


def take(letter: Incoming) -> Consultation | None:
    """Store one letter, once; None where no person wrote it. Raises TooMany: it stays in the mailbox for later.

    Two rounds at the same letter: the second breaks on its digest and stores nothing, its files neither.
    """
    kept: list[str] = []
    try:
        return _take(letter, kept)
    except BaseException:
        uploads.forget(kept)
        raise


@transaction.atomic
def _take(letter: Incoming, kept: list[str]) -> Consultation | None:
    if letter.is_automatic or letter.sender in _own():
        _note(letter, Fate.AUTOMATIC, None)
        return None
    LETTERS.check(digest(letter.sender))
    thread = _thread_of(letter)
    before = access.locked(thread.consultation) if thread else None
    if thread and before and reopening.open_until(before) is not None:
        reopening.open_by_resident(before, letter.text)
    if thread and before and before.state in OPEN_STATES and before.erased_at is None:
        _go_on(thread, before, letter, kept)
        return before
    return _begin(letter, kept, before=before)


def digest(identifier: str) -> str:
    """How a letter or an address is known again without being kept."""
    return crypto.keyed("letter", identifier.lower())


def _own() -> set[str]:
    return {mailbox.own_address(), parseaddr(settings.DEFAULT_FROM_EMAIL)[1].lower()} - {""}


def _note(letter: Incoming, fate: Fate, consultation: Consultation | None) -> None:
    Letter.objects.create(digest=digest(letter.identifier), fate=fate, consultation=consultation, at=clock.now())


def _thread_of(letter: Incoming) -> MailThread | None:
    """By a letter of ours it answers – nobody else knows its identifier – or by the sender's own letter or number."""
    threads = MailThread.objects.select_related("consultation").order_by("-pk")
    answered = [digest(one) for one in letter.references]
    ours = Q(consultation__letters__digest__in=answered, consultation__letters__fate=Fate.SENT)
    if found := threads.filter(ours).first():
        return found
    numbers = _NUMBER.findall(letter.subject.upper())
    theirs = Q(consultation__letters__digest__in=answered) | Q(consultation__reference__in=numbers)
    return threads.filter(theirs, address_digest=digest(letter.sender)).first()


def _go_on(thread: MailThread, consultation: Consultation, letter: Incoming, kept: list[str]) -> None:
    _say(consultation, letter, reading.without_quotes(letter.text))
    thread.last_letter = crypto.encrypt(letter.identifier)
    thread.save(update_fields=["last_letter"])
    _note(letter, Fate.TAKEN, consultation)
    _remark(consultation, _attach(consultation, letter, kept), before=None)


def _begin(letter: Incoming, kept: list[str], *, before: Consultation | None) -> Consultation:
    now = clock.now()
    text = _GAP.join(part for part in (letter.subject, letter.text) if part)
    otherwise, guessed = before.language if before else LANGUAGES[0], languages.guess(text)
    consultation = Consultation(
        reference=receipts.issue("K").reference,
        channel=Channel.EMAIL,
        language=guessed or otherwise,
        name=letter.name,
        topic=before.topic if before else None,
        institution=before.institution if before else None,
        is_urgent=is_urgent(text),
        started_at=now,
        started_in_hours=hours.opening_now(now=now).is_open,
        changed_at=now,
    )
    consultation.save(force_insert=True)
    MailThread.objects.create(
        consultation=consultation,
        sealed=crypto.encrypt(letter.sender),
        address_digest=digest(letter.sender),
        subject=crypto.encrypt(letter.subject),
        last_letter=crypto.encrypt(letter.identifier),
    )
    _say(consultation, letter, text)
    is_unsure = not guessed and before is None
    _remark(consultation, _attach(consultation, letter, kept), before=before, is_unsure=is_unsure)
    _note(letter, Fate.TAKEN, consultation)
    if consultation.is_urgent:
        alerts.raise_alert(AlertKind.CRISIS, subject=consultation.public_id, consultation=consultation)
    tasks.promise_at_once(consultation, reason=TaskReason.BY_MAIL)
    audit.record("consultation.started", consultation, by=audit.RESIDENT, channel=Channel.EMAIL)
    events.publish_on_commit(consultation, is_queue_changed=True)
    return consultation


def _say(consultation: Consultation, letter: Incoming, text: str) -> None:
    """The words as messages; a long letter as several, and one without words by a sign that it came."""
    for number, part in enumerate(_pieces(text or letter.subject or "…")):
        client_id = uuid5(NAMESPACE_URL, f"{digest(letter.identifier)}/{number}")
        language = languages.guess(part) or consultation.language
        messages.send(consultation, text=part, language=language, client_id=client_id, by=audit.RESIDENT)


def _pieces(text: str) -> Iterable[str]:
    """Cut where a line ends, if one does."""
    longest = settings.CHAT_LIMITS["characters"]
    rest = text.strip()
    while rest:
        cut = len(rest) if len(rest) <= longest else max(rest.rfind("\n", 1, longest), rest.rfind(" ", 1, longest))
        cut = cut if cut > 0 else longest
        if piece := rest[:cut].strip():
            yield piece
        rest = rest[cut:].strip()


def _attach(consultation: Consultation, letter: Incoming, kept: list[str]) -> list[str]:
    """Its files through the upload door; returns the names of those that were not let through."""
    left: list[str] = []
    for number, (name, content) in enumerate(letter.files):
        client_id = uuid5(NAMESPACE_URL, f"{digest(letter.identifier)}/file/{number}")
        try:
            file = SimpleUploadedFile(name, content)
            added = attachments.attach(consultation, [file], client_id=client_id, by=audit.RESIDENT)
            kept += [one.kept for one in added]
        except (uploads.Refused, attachments.Enough):
            left.append(name)
    return left


def _remark(
    consultation: Consultation, left: list[str], *, before: Consultation | None, is_unsure: bool = False
) -> None:
    """What colleagues must know beside the words: files left in the mailbox, the conversation before, a blind guess."""
    data: dict[str, object] = {}
    if left:
        data["files"] = ", ".join(left)
    if before is not None:
        data["continues"] = before.reference
    if is_unsure:
        data["language"] = "unknown"
    if data:
        consultation.refresh_from_db(fields=["staff_sequence", "public_sequence"])
        body = transcript.Body(data=data)
        transcript.append(consultation, kind=EventKind.NOTE, author=Author.SYSTEM, body=body)
