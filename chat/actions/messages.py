"""Messages: stored once, in order, acknowledged only after the commit."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import override

from chat import access, events, transcript
from chat.actions.errors import Conflict, Ended, NotYours, Unfit
from chat.models import OPEN_STATES, Author, Consultation, Event, EventKind, State
from kb.selectors import article_for_sending
from portal.core import clock
from portal.core.models import User
from portal.core.templatetags.parama import in_figures

# A note may still be written while the consultation is wrapped up.
_NOTE_STATES = OPEN_STATES | {State.WRAPPING_UP}


@dataclass(frozen=True, slots=True)
class Sent:
    """The stored event; `is_duplicate`: it had been stored before, by an earlier try."""

    event: Event
    is_duplicate: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wants to add. `by` is a member of staff, or `portal.core.audit.RESIDENT`."""

    kind: EventKind
    by: User | str
    client_id: UUID
    text: str = ""
    language: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    article_id: int | None = None
    article_version: int | None = None

    @property
    def staff(self) -> User | None:
        return self.by if isinstance(self.by, User) else None

    @property
    def author(self) -> Author:
        return Author.CONSULTANT if self.staff else Author.RESIDENT

    def body_hash(self) -> str:
        """The same content has the same hash, whoever retries."""
        parts = (self.kind, self.author, self.language, self.text, str(self.article_id or ""))
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def send(consultation: Consultation, *, text: str, language: str, client_id: UUID, by: User | str) -> Sent:
    """A message of the resident or of the consultant who holds the consultation.

    Sent again with the same `client_id` it is the stored event, as a duplicate.
    Raises Unfit, Conflict, Ended, NotYours.
    """
    return _store(consultation, Draft(EventKind.MESSAGE, by=by, client_id=client_id, text=fit(text), language=language))


def note(consultation: Consultation, *, text: str, client_id: UUID, by: User) -> Sent:
    """A note that only staff see. Raises Unfit, Conflict, Ended."""
    return _store(consultation, Draft(EventKind.NOTE, by=by, client_id=client_id, text=fit(text)))


def send_article(consultation: Consultation, *, code: str, client_id: UUID, by: User) -> Sent:
    """An article's public part in the resident's language; which version was sent is kept.

    Raises Unfit when nothing is published under `code`, Conflict, Ended, NotYours.
    """
    article = article_for_sending(code, consultation.language)
    if article is None:
        raise Unfit("no_article")
    with override(consultation.language):
        checked = in_figures(article.checked_on) if article.checked_on else ""
    draft = Draft(
        EventKind.ARTICLE,
        by=by,
        client_id=client_id,
        text=article.title.text,
        language=article.title.language,
        article_id=article.id,
        article_version=article.version,
        data={
            "title": article.title.text,
            "title_language": article.title.language,
            "answer": article.short_answer.text,
            "answer_language": article.short_answer.language,
            "url": article.url(consultation.language),
            "checked": checked,
        },
    )
    return _store(consultation, draft)


def announce_request(consultation: Consultation, *, reference: str, client_id: UUID, by: User) -> Sent:
    """Tell the resident that a request was registered, by its public reference; never with its secret."""
    draft = Draft(EventKind.REQUEST, by=by, client_id=client_id, text=reference, data={"reference": reference})
    return _store(consultation, draft)


@transaction.atomic
def _store(consultation: Consultation, draft: Draft) -> Sent:
    locked = access.locked(consultation)
    body_hash = draft.body_hash()
    stored = access.all_events(locked).filter(client_id=draft.client_id).first()
    if stored is not None:
        if stored.body_hash != body_hash:
            raise Conflict
        return Sent(stored, is_duplicate=True)
    _check(locked, draft)
    event = transcript.append(
        locked,
        kind=draft.kind,
        author=draft.author,
        by=draft.staff,
        body=transcript.Body(
            text=draft.text,
            language=draft.language,
            data=draft.data,
            client_id=draft.client_id,
            body_hash=body_hash,
            article_id=draft.article_id,
            article_version=draft.article_version,
        ),
    )
    if draft.staff and draft.kind != EventKind.NOTE and locked.first_reply_at is None:
        _note_first_reply(locked)
    events.publish_on_commit(locked)
    return Sent(event, is_duplicate=False)


def _check(consultation: Consultation, draft: Draft) -> None:
    states = _NOTE_STATES if draft.kind == EventKind.NOTE else OPEN_STATES
    if consultation.state not in states or consultation.erased_at is not None:
        raise Ended
    if draft.staff is None or draft.kind == EventKind.NOTE:
        return
    if consultation.consultant_id != draft.staff.pk:
        raise NotYours


def _note_first_reply(consultation: Consultation) -> None:
    now = clock.now()
    consultation.first_reply_at = now
    consultation.first_reply_seconds = max(0, int((now - consultation.started_at).total_seconds()))
    consultation.save(update_fields=["first_reply_at", "first_reply_seconds"])


def fit(text: str) -> str:
    """The text without what no keyboard means. Raises Unfit when nothing is left or it is too long."""
    clean = text.replace("\0", "").replace("\r\n", "\n").strip()
    if not clean:
        raise Unfit("empty")
    if len(clean) > settings.CHAT_LIMITS["characters"]:
        raise Unfit("too_long")
    return clean
