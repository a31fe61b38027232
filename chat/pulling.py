"""What sockets and long-polls ask of the database, each a short visit in a thread of its own.

The right to read is checked on every visit, not once at the door.
"""

from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

from channels.db import database_sync_to_async
from django.utils import translation

from chat import access, limits, protocol, transcript
from chat.actions import messages
from chat.actions.errors import Refused
from portal.core import audit
from portal.core.throttling import TooMany

logger = logging.getLogger(__name__)


def _key(public_id: str, token: str) -> tuple[int, int]:
    """(grant, consultation). Raises NotThere."""
    consultation = access.get_for_resident(public_id, token=token)
    return access.grants_of(token).values_list("pk", flat=True).get(), consultation.pk


def _page(public_id: str, token: str, since: int, language: str) -> dict[str, Any]:
    """The events after `since`, in the words of `language`. Raises NotThere."""
    consultation = access.get_for_resident(public_id, token=token)
    with translation.override(language):
        return protocol.page_of(consultation, transcript.since_for_resident(consultation, since))


def _send(public_id: str, token: str, client_id: UUID, text: str) -> dict[str, Any]:
    """The frame that answers a message. Raises NotThere."""
    consultation = access.get_for_resident(public_id, token=token)
    try:
        limits.check_message(token)
        sent = messages.send(
            consultation, text=text, language=consultation.language, client_id=client_id, by=audit.RESIDENT
        )
    except TooMany:
        return protocol.refusal(client_id, protocol.Code.TOO_MANY)
    except Refused as refused:
        return protocol.refusal(client_id, refused.code)
    except Exception:  # nothing of it may reach the other side
        logger.exception("chat: a message was not stored")
        return protocol.refusal(client_id, protocol.Code.TROUBLE)
    return protocol.ack(sent)


key = database_sync_to_async(_key, thread_sensitive=False)
page = database_sync_to_async(_page, thread_sensitive=False)
send = database_sync_to_async(_send, thread_sensitive=False)
