"""Phone numbers, read as people write them."""

from __future__ import annotations

COUNTRY = "370"
SHORTEST, LONGEST = 8, 15


class NoNumber(ValueError):
    """What was typed can't be rung."""


def read(typed: str) -> str:
    """`8 612 34567`, `(0 46) 300706`, `+370 612 34567` → `+37061234567`. Raises NoNumber."""
    text = typed.strip()
    digits = "".join(sign for sign in text if sign.isascii() and sign.isdigit())
    if any(sign.isalpha() for sign in text):
        raise NoNumber
    if text.startswith("+"):
        number = digits
    elif digits.startswith("00"):
        number = digits[2:]
    elif len(digits) == 9 and digits[0] in "08":
        number = COUNTRY + digits[1:]
    elif len(digits) == 8 and digits[0] in "34567":
        number = COUNTRY + digits
    else:
        number = digits
    if not SHORTEST <= len(number) <= LONGEST:
        raise NoNumber
    return f"+{number}"
