"""What may be taken away from this site as data: packages say what they have, one page shows all of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from portal.core.readable import Readable


@dataclass(frozen=True, slots=True)
class Offer(Readable):
    """One file or address. `size` in bytes and `made_at` where they are known."""

    label: Any
    form: str
    url: str
    size: int | None = None
    made_at: dt.datetime | None = None


Offers = Callable[[str], Iterable[Offer]]
_all: dict[str, Offers] = {}


def register(name: str, offers: Offers) -> None:
    """Add a part of the table; a name stands once. `offers(language)` is asked when the page is shown."""
    _all[name] = offers


def table(language: str) -> list[Offer]:
    """Everything on offer, in the order it was registered."""
    return [offer for offers in _all.values() for offer in offers(language)]
