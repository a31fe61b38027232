"""Reasons that go on record carry nothing of the person: names, numbers and addresses leave before they are kept."""

from __future__ import annotations

import re

from portal.core.privacy import mask
from portal.core.text_keys import name_key
from portal.registry.models import Recipient

GONE = "…"
_WORD = re.compile(r"\w+")
_SHORTEST = 3


def plain(reason: str, person: Recipient) -> str:
    """`reason` without the person's own words: those of the name in any alphabet, address, district, e-mail."""
    names = {key for key in name_key(person.name).split() if len(key) >= _SHORTEST}
    own = {word.casefold() for word in _WORD.findall(f"{person.address} {person.email}") if len(word) >= _SHORTEST}
    text = mask(reason.strip())

    def without(found: re.Match[str]) -> str:
        word = found.group()
        return GONE if word.casefold() in own or names & set(name_key(word).split()) else word

    return _WORD.sub(without, text)
