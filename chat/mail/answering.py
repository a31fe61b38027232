"""Answers by letter: what was said to the resident since the last letter, into the thread their program knows.

A letter goes out before it is noted as sent: cut off in between, the same letter with the same identifier goes once
more, and mail programs show it once. Lost it never is.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from chat import access, transcript
from chat.actions import tasks
from chat.actions.letters import digest
from chat.mail import mailbox
from chat.models import Author, Consultation, EventKind, Fate, Letter, MailThread
from chat.transcript import PublicEvent
from portal.core import clock, uploads
from portal.core.crypto import decrypt, keyed
from portal.core.templatetags.parama import in_figures

logger = logging.getLogger(__name__)
_SAID = frozenset({EventKind.MESSAGE, EventKind.ATTACHMENT, EventKind.ARTICLE, EventKind.REQUEST})


def answer_all() -> int:
    """Write to everybody who has news; returns how many letters went out. One that fails comes round again."""
    news = Q(acknowledged_at=None) | Q(told_through__lt=F("consultation__public_sequence"))
    sent = 0
    for pk in MailThread.objects.filter(news, consultation__erased_at=None).values_list("pk", flat=True):
        try:
            sent += _answer(pk)
        except Exception as trouble:  # one address that refuses must not hold up the others
            logger.warning("chat: a letter could not be sent: %s", type(trouble).__name__)
    return sent


@transaction.atomic
def _answer(pk: int) -> int:
    thread = MailThread.objects.select_for_update().select_related("consultation").get(pk=pk)
    consultation = thread.consultation
    sent = 0
    with override(consultation.language):
        if thread.acknowledged_at is None:
            _send(thread, _acknowledgement(consultation), number=0, is_automatic=True)
            thread.acknowledged_at = clock.now()
            sent += 1
        new = transcript.since_for_resident(consultation, thread.told_through)
        said = [event for event in new if event.author == Author.CONSULTANT and event.kind in _SAID and event.text]
        if said:
            text = "\n\n".join((*map(_words, said), _closing(consultation)))
            _send(thread, text, number=new[-1].sequence, files=_files(consultation, said))
            sent += 1
    if new:
        thread.told_through = new[-1].sequence
    thread.save(update_fields=["acknowledged_at", "told_through"])
    return sent


Files = Sequence[tuple[str, bytes]]


def _files(consultation: Consultation, said: Sequence[PublicEvent]) -> Files:
    shown = [event.data["id"] for event in said if event.kind == EventKind.ATTACHMENT]
    return [
        (one.name, uploads.folder().joinpath(one.kept).read_bytes())
        for one in access.files_of(consultation).filter(public_id__in=shown)
    ]


def _send(thread: MailThread, text: str, *, number: int, is_automatic: bool = False, files: Files = ()) -> None:
    reference, subject = thread.consultation.reference, decrypt(thread.subject)
    shown = subject if reference in subject else f"{subject} [{reference}]".strip()
    identifier, theirs = _identifier(thread, number), decrypt(thread.last_letter)
    headers = {"Message-ID": identifier, "In-Reply-To": theirs, "References": theirs}
    if is_automatic:
        headers |= {"Auto-Submitted": "auto-replied", "Precedence": "auto_reply"}
    ours = mailbox.own_address()
    letter = EmailMessage(
        shown if shown.lower().startswith("re:") else f"Re: {shown}",
        text,
        to=[decrypt(thread.sealed)],
        reply_to=[ours] if ours else None,
        headers=headers,
    )
    for name, content in files:
        letter.attach(name, content)
    letter.send()
    Letter.objects.get_or_create(
        digest=digest(identifier),
        defaults={"fate": Fate.SENT, "consultation": thread.consultation, "at": clock.now()},
    )


def _identifier(thread: MailThread, number: int) -> str:
    """The same for the same answer, and not to be guessed by others."""
    sender = mailbox.own_address() or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    host = sender.rpartition("@")[2] or "localhost"
    return f"<{keyed('letter to a resident', f'{thread.consultation.public_id}/{number}')[:40]}@{host}>"


def _acknowledgement(consultation: Consultation) -> str:
    lines = [_("We have received your letter. Its number is %(number)s.") % {"number": consultation.reference}]
    task = tasks.open_task(consultation)
    if task is not None:
        due = timezone.localtime(task.due_at)
        when = f"{in_figures(due.date())}, {due:%H:%M}"
        lines.append(_("We answer here by letter until %(when)s.") % {"when": when})
    lines.append(_("If you want to add something, answer this letter. Do not send personal codes or card numbers."))
    lines.append(_("If somebody’s life is in danger, call 112 at once."))
    return "\n\n".join(lines)


def _closing(consultation: Consultation) -> str:
    words = _("Number of your question: %(number)s. To go on, answer this letter.")
    return "-- \n" + words % {"number": consultation.reference}


def _words(event: PublicEvent) -> str:
    if event.kind == EventKind.ARTICLE:
        data = event.data
        return f"{data['title']}\n{data.get('answer', '')}\n{settings.SITE_URL}{data['url']}"
    if event.kind == EventKind.REQUEST:
        words = _("Your request is registered under the number %(number)s.")
        return words % {"number": event.data.get("reference", "")}
    return event.text
