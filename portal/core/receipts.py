"""Receipts: a public reference with a check digit, and a secret that only the resident holds.

Reference: a prefix letter, seven digits and a check digit, e.g. `K1234-5678` (typed with or without signs between).
Secret: 16 Crockford base32 characters, 80 random bits, kept only as a keyed digest: a slow hash adds
nothing to 80 random bits. What people mistype – case, spaces, O for 0, Cyrillic look-alikes, the wrong
keyboard layout – is forgiven.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from portal.core.crypto import keyed, same

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
_CYRILLIC_LOOK = dict(zip("АВЕКМНОРСТХУІ", "ABEKMHOPCTXY1", strict=True))
_LAYOUT = dict(zip("ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬ", "QWERTYUIOPASDFGHJKLZXCVBNM", strict=True))
_FORGIVEN = {"O": "0", "I": "1", "L": "1"}


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the resident takes away: shown once, never stored with its secret."""

    reference: str
    secret: str

    @property
    def spaced_secret(self) -> str:
        return " ".join(self.secret[i : i + 4] for i in range(0, len(self.secret), 4))


def issue(prefix: str) -> Receipt:
    """A new receipt; `prefix` is one letter naming the kind (K consultation, B case, A appeal)."""
    digits = "".join(secrets.choice("0123456789") for _ in range(7))
    secret = "".join(secrets.choice(ALPHABET) for _ in range(16))
    return Receipt(reference=reference(prefix, digits), secret=secret)


def derived(prefix: str, key: str, *, purpose: str, known: str = "") -> Receipt:
    """The receipt of a form with this key: its secret follows from the key and is stored nowhere.

    So the same form sent again is answered with the same receipt. `known`: the reference it was given the first time.
    """
    number = int(keyed(purpose, key), 16)
    secret = ""
    for _place in range(16):
        number, place = divmod(number, len(ALPHABET))
        secret += ALPHABET[place]
    return Receipt(known or issue(prefix).reference, secret)


def reference(prefix: str, digits: str) -> str:
    """The public reference with these seven digits, as it is printed."""
    return f"{prefix}{digits[:4]}-{digits[4:]}{_check_digit(digits)}"


def digest(secret: str) -> str:
    """What is stored of a secret: 64 hex characters."""
    return keyed("receipt", secret)


def fits(typed: str, stored: str) -> bool:
    """Whether the typed secret, read in any forgiving way, is the stored one. Same time for wrong and unknown."""
    matches = [same(digest(reading), stored or "-" * 64) for reading in readings(typed)]
    return any(matches)


def readings(typed: str) -> tuple[str, ...]:
    """The secrets that may be meant by what was typed: by look and by keyboard layout."""
    raw = "".join(typed.upper().split()).replace("-", "")
    by_look = "".join(_CYRILLIC_LOOK.get(sign, sign) for sign in raw)
    by_layout = "".join(_LAYOUT.get(sign, sign) for sign in raw)
    return tuple("".join(_FORGIVEN.get(sign, sign) for sign in text) for text in (by_look, by_layout))


def read_reference(typed: str) -> str | None:
    """The reference meant by `typed`, in its printed form; None when it can't be one (wrong length or check digit)."""
    raw = "".join(sign for sign in typed.upper() if sign.isalnum())
    if not raw:
        return None
    head = _CYRILLIC_LOOK.get(raw[0], raw[0])
    tail = "".join({"O": "0", "О": "0", "I": "1", "L": "1", "І": "1"}.get(sign, sign) for sign in raw[1:])
    is_number = len(tail) == 8 and tail.isascii() and tail.isdigit()  # "²" is a digit, too, and no number
    if not head.isalpha() or not is_number or _check_digit(tail[:7]) != tail[7]:
        return None
    return f"{head}{tail[:4]}-{tail[4:]}"


def _check_digit(digits: str) -> str:
    """Luhn: finds every single wrong digit and nearly every swap of two neighbours."""
    total = 0
    for place, sign in enumerate(reversed(digits)):
        value = int(sign) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)
