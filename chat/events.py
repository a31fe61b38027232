"""Hints that something is new: they carry numbers only, never text. The database is the truth.

A hint that is lost, doubled or late harms nothing: readers ask for what lies after the last number they have.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from asgiref.sync import async_to_sync
from django.db import transaction

from chat import bus
from chat.models import Consultation
from chat.rows import Stored

logger = logging.getLogger(__name__)


class News(NamedTuple):
    """How far a consultation has come. `added`: what is new, for this process only; it never leaves it.

    Without numbers it is a sign: something happens that is not kept – a colleague is typing.
    """

    consultation: int
    public: int
    staff: int
    added: tuple[Stored, ...] = ()

    @property
    def is_sign(self) -> bool:
        return not self.staff


class Ear(Protocol):
    """Who passes news on to open sockets of this process, and to the other processes."""

    def hear(self, news: Sequence[News], *, is_queue_changed: bool) -> bool:
        """From any thread. False when it is gone."""


_ears: list[Ear] = []


def listen(ear: Ear) -> None:
    """Tell `ear` whatever this process stores from now on."""
    _ears.append(ear)


def publish_on_commit(consultation: Consultation, *, is_queue_changed: bool = False) -> None:
    """Tell the followers – and, when a queue changed, the desks – as soon as the change is stored."""
    news = News(consultation.pk, consultation.public_sequence, consultation.staff_sequence)
    transaction.on_commit(lambda: announce([news], is_queue_changed=is_queue_changed))


def sign_on_commit(consultation: Consultation) -> None:
    """Tell the desks that have it open to look again at who is typing. A sign that is lost is nothing."""
    transaction.on_commit(lambda: announce([News(consultation.pk, 0, 0)]))


def desk_changed_on_commit() -> None:
    """Tell the desks that a queue or somebody's presence changed; they ask for the new picture."""
    transaction.on_commit(lambda: announce([], is_queue_changed=True))


def announce(news: Sequence[News], *, is_queue_changed: bool = False) -> None:
    """What was stored has news. Whoever has sockets open here takes it on; else it goes out by itself."""
    for ear in list(_ears):
        if not ear.hear(news, is_queue_changed=is_queue_changed):
            _ears.remove(ear)
    if not _ears and bus.is_shared():
        _send([one[:3] for one in news], is_queue_changed=is_queue_changed)


def _send(numbers: list[tuple[int, int, int]], *, is_queue_changed: bool) -> None:
    try:
        async_to_sync(bus.send)(numbers, is_queue_changed=is_queue_changed)
    except Exception as trouble:  # the message is stored; readers find it by their next question
        logger.warning("chat: a hint was lost: %s", type(trouble).__name__)
