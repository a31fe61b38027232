"""The same keys on another keyboard: what comes out when the layout was not switched."""

from __future__ import annotations

from collections.abc import Iterator

_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбюё"
_UKRAINIAN = "йцукенгшщзхїфівапролджєячсмитьбю'"
_DIGITS = str.maketrans("1234567890", "ąčęėįšųū90")  # Lithuanian letters stand on the row of figures
_TO_RUSSIAN = str.maketrans(_LATIN, _RUSSIAN)
_TO_UKRAINIAN = str.maketrans(_LATIN, _UKRAINIAN)
_FROM_RUSSIAN = str.maketrans(_RUSSIAN, _LATIN)
_FROM_UKRAINIAN = str.maketrans(_UKRAINIAN, _LATIN)


def other_readings(text: str) -> Iterator[str]:
    """What was meant if the keyboard was switched wrongly; only readings that differ from `text`."""
    text = text.lower()
    tables = (_TO_RUSSIAN, _TO_UKRAINIAN) if _is_latin(text) else (_FROM_RUSSIAN, _FROM_UKRAINIAN)
    yield from dict.fromkeys(read for table in tables if (read := text.translate(table)) != text)
    if _is_latin(text) and any(sign.isdigit() for sign in text) and any(sign.isalpha() for sign in text):
        yield text.translate(_DIGITS)


def _is_latin(text: str) -> bool:
    cyrillic = sum("\u0400" <= sign <= "\u04ff" for sign in text)
    return cyrillic * 2 < sum(sign.isalpha() for sign in text)
