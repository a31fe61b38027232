"""Ready sentences: shared ones come from the editors, own ones a consultant keeps from what they have written."""

from __future__ import annotations

from uuid import uuid4

from django.db import transaction

from chat.actions.errors import Unfit
from chat.models import QuickReply
from portal.core import audit
from portal.core.languages import column
from portal.core.models import User

MOST = 50
LONGEST = 1000


@transaction.atomic
def keep(text: str, *, language: str, by: User) -> QuickReply:
    """Keep `text` as one's own sentence in one language. Raises Unfit ("empty", "too_many_replies")."""
    words = text.strip()[:LONGEST]
    if not words:
        raise Unfit("empty")
    if QuickReply.objects.filter(owner=by).count() >= MOST:
        raise Unfit("too_many_replies")
    reply = QuickReply(code=f"own-{uuid4().hex[:20]}", owner=by)
    setattr(reply, column("text", language), words)
    reply.save()
    audit.record("quick_reply.kept", reply, by=by)
    return reply


def drop(code: str, *, by: User) -> None:
    """One's own only; a shared one stays."""
    QuickReply.objects.filter(code=code, owner=by).delete()
