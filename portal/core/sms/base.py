"""What a sender of short messages does."""

from __future__ import annotations

from abc import ABC, abstractmethod

from portal.core.backends import Backends

LONGEST = 600  # signs; four messages in Cyrillic


class NotSent(Exception):
    """The gateway did not take it; trying again may help."""


class Sms(ABC):
    """Sends one text to one number, or says that it could not."""

    @abstractmethod
    def send(self, number: str, text: str) -> None:
        """`number` as `+37061234567`; a longer text than `LONGEST` is cut. Raises NotSent."""


sms: Backends[Sms] = Backends("SMS_BACKENDS", Sms)  # type: ignore[type-abstract]
