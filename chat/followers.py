"""Those who follow a conversation at an open socket: a resident by their key, a colleague by their membership.

Two kinds, two ways to what they read: a resident's never meets what only staff see.
"""

from __future__ import annotations

import json
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any

from django.utils import translation

from chat import protocol, transcript
from chat.events import News
from chat.pulling import Answer
from chat.rows import Stand, Stored


class Follower(ABC):
    """What has been sent to one reader of one conversation. `is_live`: it has everything that was there."""

    __slots__ = ("began", "consultation_id", "is_following", "is_live", "language", "sent")

    def __init__(self, consultation_id: int, *, language: str) -> None:
        self.consultation_id = consultation_id
        self.language = language
        self.sent = 0
        self.is_following = self.is_live = False
        self.began = time.monotonic()

    @abstractmethod
    def write(self, frame: str) -> bool:
        """Send it now. False when the line is full: then nothing was sent."""

    @abstractmethod
    def show_out(self) -> None:
        """The right to read is gone."""

    @abstractmethod
    def say_bye(self, retry_in: float) -> None:
        """Send it away, to come back soon."""

    @abstractmethod
    def number_in(self, news: News) -> int:
        """The number of this kind of reader."""

    @abstractmethod
    def sequence_of(self, event: Stored) -> int: ...

    @abstractmethod
    def is_allowed(self, answer: Answer) -> bool: ...

    @abstractmethod
    def read_in(self, news: News, since: int) -> Sequence[Stored]:
        """What came after `since`, when all of it was written in this process; else nothing."""

    @abstractmethod
    def found_in(self, answer: Answer, since: int) -> Sequence[Stored]: ...

    @abstractmethod
    def about(self, frame: dict[str, Any]) -> dict[str, Any]:
        """The frame, saying which conversation it is about where that is not clear."""

    @abstractmethod
    def events_in(self, found: Sequence[Stored]) -> list[dict[str, Any]]: ...

    def kind_of_frame(self, since: int) -> tuple[Any, ...]:
        """Readers of one kind get the same frame."""
        return (type(self), self.consultation_id, since, self.language)

    def frame(self, found: Sequence[Stored], stand: Stand) -> str:
        with translation.override(self.language):
            events = self.events_in(found)
        head = self.number_in(News(stand.id, stand.public_sequence, stand.staff_sequence))
        page = {"type": "events", "events": events, "head": head, "state": stand.state, **protocol.pressing(stand)}
        return json.dumps(self.about(page), ensure_ascii=False)


class Resident(Follower):
    """Follows by the key of one browser."""

    __slots__ = ("grant_id",)

    def __init__(self, grant_id: int, consultation_id: int, *, language: str) -> None:
        super().__init__(consultation_id, language=language)
        self.grant_id = grant_id

    def number_in(self, news: News) -> int:
        return news.public

    def sequence_of(self, event: Stored) -> int:
        return event.public_sequence or 0

    def is_allowed(self, answer: Answer) -> bool:
        return answer.may_resident(self.grant_id, self.consultation_id)

    def read_in(self, news: News, since: int) -> Sequence[Stored]:
        public = [event for event in news.added if event.public_sequence is not None]
        if not _is_whole(len(public), news.public, since):
            return ()
        return [event for event in public if self.sequence_of(event) > since]

    def found_in(self, answer: Answer, since: int) -> Sequence[Stored]:
        return answer.public.get((self.consultation_id, since), ())

    def about(self, frame: dict[str, Any]) -> dict[str, Any]:
        return frame

    def events_in(self, found: Sequence[Stored]) -> list[dict[str, Any]]:
        return [transcript.public_event(event).as_frame() for event in found]


class Colleague(Follower):
    """Follows by a membership; its socket may follow several conversations, so its frames name theirs."""

    __slots__ = ("public_id", "user_id")

    def __init__(self, user_id: int, consultation_id: int, public_id: str, *, language: str) -> None:
        super().__init__(consultation_id, language=language)
        self.user_id = user_id
        self.public_id = public_id

    def number_in(self, news: News) -> int:
        return news.staff

    def sequence_of(self, event: Stored) -> int:
        return event.staff_sequence

    def is_allowed(self, answer: Answer) -> bool:
        return answer.may_colleague(self.user_id, self.consultation_id)

    def read_in(self, news: News, since: int) -> Sequence[Stored]:
        if not _is_whole(len(news.added), news.staff, since):
            return ()
        return [event for event in news.added if event.staff_sequence > since]

    def found_in(self, answer: Answer, since: int) -> Sequence[Stored]:
        return answer.staff.get((self.consultation_id, since), ())

    def about(self, frame: dict[str, Any]) -> dict[str, Any]:
        return {"consultation": self.public_id, **frame}

    def events_in(self, found: Sequence[Stored]) -> list[dict[str, Any]]:
        return [transcript.staff_event(event).as_frame() for event in found]


class Sleeper:
    """Waits for anything new in one conversation, and asks by itself what it is.

    `on_sign`: what to do when something happens there that is not kept; only colleagues hear of it.
    """

    __slots__ = ("_on_sign", "_wake", "consultation_id", "is_staff", "since")

    def __init__(
        self,
        consultation_id: int,
        wake: Callable[[], None],
        *,
        since: int,
        is_staff: bool = False,
        on_sign: Callable[[], None] | None = None,
    ) -> None:
        self.consultation_id = consultation_id
        self.since = since
        self.is_staff = is_staff
        self._wake = wake
        self._on_sign = on_sign

    def hear(self, news: News) -> None:
        """What is not newer than `since` is old news."""
        if news.is_sign:
            if self._on_sign is not None:
                self._on_sign()
            return
        number = news.staff if self.is_staff else news.public
        if number > self.since:
            self.since = number
            self._wake()


def _is_whole(count: int, head: int, since: int) -> bool:
    """Whether the last `count` numbers up to `head` reach back to `since`."""
    return count > 0 and head - count <= since
