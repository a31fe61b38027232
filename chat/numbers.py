"""Phone numbers of residents: kept encrypted, found again by a keyed digest."""

from __future__ import annotations

from portal.core import crypto
from portal.core.phone_numbers import NoNumber, read

__all__ = ["NoNumber", "digest", "read", "seal", "shortened", "unseal"]


def seal(number: str) -> tuple[str, str]:
    """(encrypted, digest) of a number that was read; empty stays empty."""
    return (crypto.encrypt(number), crypto.keyed("phone", number)) if number else ("", "")


def digest(number: str) -> str:
    """What a number is found by."""
    return crypto.keyed("phone", number) if number else ""


def unseal(sealed: str) -> str:
    """The number to ring; empty when there is none."""
    return crypto.decrypt(sealed)


def shortened(number: str) -> str:
    """For the resident's own page: `…4567`, enough to know it again and too little to be read over a shoulder."""
    return f"… {number[-4:]}" if number else ""
