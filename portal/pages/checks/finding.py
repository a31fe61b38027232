"""Where instruments are met: their addresses, and those that help in a situation."""

from __future__ import annotations

from portal.core.addresses import coded_address
from portal.instruments import selectors
from portal.instruments.models import Purpose
from portal.instruments.selectors import Card

_ROUTES: dict[str, str] = {Purpose.CHECK: "pages:check", Purpose.SITUATION: "pages:situation"}


def address_of(card: Card, language: str) -> str:
    """Where it is answered in `language`."""
    return coded_address(_ROUTES[card.purpose], language, card.code)


def finders_of(topic: str, language: str) -> list[tuple[Card, str]]:
    """The questions that help in a situation, with their addresses. One query."""
    return [(card, address_of(card, language)) for card in selectors.of_topic(topic, language)]
