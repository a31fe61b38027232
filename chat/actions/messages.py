"""Messages: stored once, in order, acknowledged only after the commit."""

from __future__ import annotations

import re
from uuid import UUID

from django.conf import settings
from django.utils.translation import override

from chat.actions.errors import Unfit
from chat.actions.storing import Draft, Sent, store_one
from chat.models import Consultation, EventKind
from kb.selectors import article_for_sending
from portal.core.models import User
from portal.core.templatetags.parama import in_figures

__all__ = ["Draft", "Sent", "announce_request", "fit", "note", "send", "send_article"]
_HALVES = re.compile("[\ud800-\udfff]")


def send(consultation: Consultation, *, text: str, language: str, client_id: UUID, by: User | str) -> Sent:
    """A message of the resident or of the consultant who holds the consultation.

    Sent again with the same `client_id` it is the stored event, as a duplicate.
    Raises Unfit, Conflict, Ended, NotYours.
    """
    return store_one(
        consultation.pk, Draft(EventKind.MESSAGE, by=by, client_id=client_id, text=fit(text), language=language)
    )


def note(consultation: Consultation, *, text: str, client_id: UUID, by: User) -> Sent:
    """A note that only staff see. Raises Unfit, Conflict, Ended."""
    return store_one(consultation.pk, Draft(EventKind.NOTE, by=by, client_id=client_id, text=fit(text)))


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
    return store_one(consultation.pk, draft)


def announce_request(consultation: Consultation, *, reference: str, client_id: UUID, by: User) -> Sent:
    """Tell the resident that a request was registered, by its public reference; never with its secret."""
    draft = Draft(EventKind.REQUEST, by=by, client_id=client_id, text=reference, data={"reference": reference})
    return store_one(consultation.pk, draft)


def fit(text: str) -> str:
    """The text without what no keyboard means. Raises Unfit when nothing is left or it is too long."""
    clean = text.replace("\0", "").replace("\r\n", "\n").strip()
    if not clean.isascii() and _HALVES.search(clean):  # half a sign, as only a program can send it
        raise Unfit("garbled")
    if not clean:
        raise Unfit("empty")
    if len(clean) > settings.CHAT_LIMITS["characters"]:
        raise Unfit("too_long")
    return clean
