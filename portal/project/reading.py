"""How the text of a variable of the environment is read; what cannot be read says what to write instead."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit


def one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words:
            raise ValueError(f"write one of: {', '.join(word for word in words if word)}")
        return text

    return read


def yes_no(text: str) -> bool:
    words = {
        "1": True,
        "true": True,
        "yes": True,
        "on": True,
        "0": False,
        "false": False,
        "no": False,
    }
    words |= {"off": False, "": False}
    if text.lower() not in words:
        raise ValueError("write yes or no")
    return words[text.lower()]


def positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ValueError("write a whole number, 1 or more")
    return int(text)


def hours(text: str) -> tuple[int, int]:
    first, _, last = text.partition("-")
    if not (first.isdecimal() and last.isdecimal() and int(first) < int(last) <= 24):
        raise ValueError("write the first and the last hour, like 7-20")
    return int(first), int(last)


def listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def url(*schemes: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text and urlsplit(text).scheme not in schemes:
            raise ValueError(f"write an address that begins with {' or '.join(s + '://' for s in schemes)}")
        return text

    return read


def dotted_or(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words and "." not in text:
            raise ValueError(f"write one of: {', '.join(words)}, or the dotted path of a class")
        return text

    return read


def pairs(*meanings: str) -> Callable[[str], dict[str, str]]:
    def read(text: str) -> dict[str, str]:
        pairs = dict(part.rpartition("=")[::2] for part in listed(text))
        if not all(name.strip() and meaning.strip() in meanings for name, meaning in pairs.items()):
            raise ValueError(f"write name=meaning, comma separated; a meaning is one of: {', '.join(meanings)}")
        return {name.strip(): meaning.strip() for name, meaning in pairs.items()}

    return read


def whole(text: str) -> int:
    if not text.isdigit():
        raise ValueError("write a whole number")
    return int(text)
