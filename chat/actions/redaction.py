"""Taking a message out of a conversation for good: its words go, its place and the fact stay."""

from __future__ import annotations

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from chat import access, events, transcript
from chat.actions import floor
from chat.actions.errors import Ended, NotYours, Unfit
from chat.models import Author, Consultation, EventKind
from portal.core import audit, uploads
from portal.core.models import User


class RedactionReason(models.TextChoices):
    PERSONAL = "personal", _("personal data that are not needed")
    MISTAKE = "mistake", _("meant for somebody else")
    INSULT = "insult", _("insults or threats")


_REMOVABLE = (EventKind.MESSAGE, EventKind.ATTACHMENT)


@transaction.atomic
def redact(consultation: Consultation, sequence: int, *, reason: str, by: User) -> None:
    """Empty one message or erase one file; everybody who reads along is told so. Twice changes nothing.

    `sequence` is of the staff's count. Raises NotYours for who is no supervisor here, Unfit for anything else than a
    message or file, Ended when all words are gone already.
    """
    locked = access.locked(consultation)
    if not floor.may_supervise(locked, by):
        raise NotYours
    if locked.erased_at is not None:
        raise Ended
    found = access.all_events(locked).filter(staff_sequence=sequence, kind__in=_REMOVABLE).first()
    if found is None or reason not in RedactionReason.values:
        raise Unfit("no_message")
    if found.data.get("redacted"):
        return
    for file in access.files_of(locked).filter(public_id=found.data.get("id", "")):
        transaction.on_commit(lambda kept=file.kept: uploads.forget([kept]))  # type: ignore[misc]
        file.delete()
    found.text, found.data = "", {"redacted": True}
    found.save(update_fields=["text", "data"])
    body = transcript.Body(data={"of": found.public_sequence, "reason": reason})
    transcript.append(locked, kind=EventKind.REDACTED, author=Author.CONSULTANT, by=by, body=body)
    audit.record("consultation.redacted", locked, by=by, reason=reason, sequence=sequence)
    events.publish_on_commit(locked)
