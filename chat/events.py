"""Hints that something is new: they carry numbers only, never text. The database is the truth.

A hint that is lost, doubled or late harms nothing: readers ask for what lies after the last number they have.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction

from chat.models import Consultation

logger = logging.getLogger(__name__)
DESK = "chat.desk"
PATIENCE = 2.0  # seconds; whoever wrote the message must not wait for a layer that does not answer


def group_of(consultation_id: int) -> str:
    """The group of everybody who follows one consultation."""
    return f"chat.consultation.{consultation_id}"


def publish_on_commit(consultation: Consultation, *, is_queue_changed: bool = False) -> None:
    """Tell the followers – and, when a queue changed, the desks – as soon as the change is stored."""
    hint = {
        "type": "news",
        "consultation": consultation.pk,
        "sequence": consultation.public_sequence,
        "staff_sequence": consultation.staff_sequence,
    }
    transaction.on_commit(lambda: _send(group_of(consultation.pk), hint))
    if is_queue_changed:
        desk_changed_on_commit()


def desk_changed_on_commit() -> None:
    """Tell the desks that a queue or somebody's presence changed; they ask for the new picture."""
    transaction.on_commit(lambda: _send(DESK, {"type": "queue.changed"}))


def _send(group: str, hint: dict[str, Any]) -> None:
    async def publish() -> None:
        await asyncio.wait_for(get_channel_layer().group_send(group, hint), PATIENCE)

    try:
        async_to_sync(publish)()
    except Exception as trouble:  # the message is stored; readers find it by their next question
        logger.warning("chat: a hint was lost: %s", type(trouble).__name__)
