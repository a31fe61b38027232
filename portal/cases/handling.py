"""What staff do with a resident's case: open it with a reason, check who asks, and pass on what is to be passed on.

Everything leaves through the outbox, so it works on while the registry is away.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from portal.cases import access, causes, identity, looks, mandates, outbox
from portal.cases.access import Held
from portal.cases.actions import NothingSent, author_of, post_of, send_papers
from portal.cases.models import CaseLink, Kind, Opening
from portal.core import audit, clock
from portal.core.models import User

ONE_OPENING = dt.timedelta(minutes=15)
WRITING = dt.timedelta(hours=2)


class ReasonNeeded(ValueError):
    """A case is opened with a reason of the list, or not at all; one that needs words is said in words too."""


class TooLittleAsked(ValueError):
    """Before anything is read out, enough has to fit what the office knows of the person."""


class NoMandate(ValueError):
    """A helper asks by a right that is on record and in force, or is told nothing."""


class DayBehind(ValueError):
    """The resident can't send it by a day that is over."""


@dataclass(frozen=True, slots=True)
class Why:
    """Why a case is opened: a reason of the list, words beside it, the conversation it comes out of.

    `is_identified`: in that conversation it was checked already who is on the line.
    """

    cause: str
    words: str = ""
    conversation: str = ""
    is_identified: bool = False


@transaction.atomic
def open_case(link: CaseLink, *, by: User, why: Why) -> Opening:
    """Note that a member of staff opens a resident's case, and why: the resident will see role, office, time, reason.

    Once for the same person and reason within a quarter of an hour. Raises PermissionDenied, ReasonNeeded.
    """
    words = why.words.strip()[:200]
    if not access.for_staff(by).filter(pk=link.pk).exists():
        raise PermissionDenied
    cause = causes.find(why.cause)
    if not cause.is_live or (cause.needs_words and not words):
        raise ReasonNeeded
    now = clock.now()
    same = link.openings.filter(user=by, cause=why.cause, reason=words, conversation=why.conversation)
    known = same.filter(at__gte=now - ONE_OPENING).first()
    if known is not None:
        return known
    post = post_of(by)
    opening = Opening.objects.create(
        link=link,
        user=by,
        role=post.role,
        institution_id=post.institution_id,
        at=now,
        cause=why.cause,
        reason=words,
        conversation=why.conversation,
        identity_at=None if needs_check(why) else now,
    )
    audit.record("case.opened", link, by=by, reason=words, cause=why.cause, conversation=why.conversation)
    looks.watch(opening)
    return opening


def opening_of(link: CaseLink, *, by: User, within: dt.timedelta = ONE_OPENING) -> Opening | None:
    """The opening by which `by` may look at this case now; None when it is too long ago, or no longer theirs."""
    if not access.for_staff(by).filter(pk=link.pk).exists():
        return None
    return link.openings.filter(user=by, at__gte=clock.now() - within).select_related("link", "mandate").first()


def is_readable(opening: Opening) -> bool:
    """Whether the case may be shown: with somebody on the line only after it was checked who that is.

    To a helper only while their mandate is in force: it may have ended, or been taken back, a moment ago.
    """
    cause = causes.find(opening.cause)
    if not cause.is_spoken:
        return True
    if cause.is_helper and (opening.mandate is None or not opening.mandate.is_in_force(clock.today())):
        return False
    return opening.identity_at is not None


def held_by(opening: Opening) -> Held:
    """As whom the case is read: what is not open to a helper is not read out to them."""
    return Held(opening.link, opening.mandate)


def needs_check(why: Why) -> bool:
    """Whether a check is asked for. One in the conversation was of whoever talks there, not of a helper's right."""
    cause = causes.find(why.cause)
    return cause.is_spoken and (not why.is_identified or cause.is_helper)


@transaction.atomic
def note_identity(opening: Opening, fitted: list[str], *, by: User, mandate: str = "") -> None:
    """It was checked who asks: noted as done, never what was said. A helper asks by a `mandate`, given by its id.

    Raises PermissionDenied, TooLittleAsked, NoMandate.
    """
    if opening.user_id != by.pk:
        raise PermissionDenied
    found = None
    if causes.find(opening.cause).is_helper:
        found = mandates.in_force(opening.link).filter(public_id=mandate).first()
        if found is None:
            raise NoMandate
    if not identity.is_enough(fitted):
        audit.record("case.identity_not_proven", opening.link, by=by)
        raise TooLittleAsked
    opening.identity_at, opening.mandate = clock.now(), found
    opening.save(update_fields=["identity_at", "mandate"])
    audit.record("case.identity_checked", opening.link, by=by)


@transaction.atomic
def add_note(link: CaseLink, text: str, *, by: User, key: str) -> None:
    """Hand something over to the office; the same form sent again is one note.

    What is written shows nothing, so what took long to write is not lost. Raises PermissionDenied, NothingSent.
    """
    author = _writer(link, by)
    if not text.strip():
        raise NothingSent
    outbox.put(link, Kind.NOTE, {"text": text.strip(), "author": author}, key=f"note-{key}")
    audit.record("case.note_sent", link, by=by)


@transaction.atomic
def add_papers(link: CaseLink, files: Sequence[UploadedFile[bytes]], *, by: User, key: str) -> None:
    """Papers that the caller sent or brought; the same form sent again adds nothing.

    Raises PermissionDenied, NothingSent, uploads.Refused.
    """
    _writer(link, by, needs_right=True)
    if not files:
        raise NothingSent
    if outbox.is_known(link, f"paper-{key}-0"):
        return
    send_papers(link, files, key=f"paper-{key}")
    audit.record("case.papers_sent", link, by=by, files=len(files))


@transaction.atomic
def ask_resident(link: CaseLink, text: str, *, until: dt.date | None, by: User, key: str) -> None:
    """Ask the resident for something: they find it in "my case", and the clock stands until it comes.

    Raises PermissionDenied, NothingSent, DayBehind.
    """
    _writer(link, by)
    if not text.strip():
        raise NothingSent
    if until is not None and until < clock.today():
        raise DayBehind
    asked = {"text": text.strip(), "at": clock.now().isoformat(), "until": until.isoformat() if until else ""}
    outbox.put(link, Kind.ENQUIRY, asked, key=f"ask-{key}")
    audit.record("case.resident_asked", link, by=by)


def _writer(link: CaseLink, by: User, *, needs_right: bool = False) -> str:
    """Role and office of who writes into the case. `needs_right`: a helper must be allowed to act. PermissionDenied."""
    post, opening = post_of(by), opening_of(link, by=by, within=WRITING)
    if opening is None or not is_readable(opening) or (needs_right and not held_by(opening).may_act):
        raise PermissionDenied
    return author_of(post)
