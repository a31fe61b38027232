"""Masking: personal codes, card and account numbers, phones and addresses leave a text before it is kept or logged."""

from __future__ import annotations

import logging
import re

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("[e-mail]", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("[account]", re.compile(r"\bLT\d{2}(?: ?\d{4}){4}\b", re.IGNORECASE)),
    (
        "[account]",
        re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,4})?\b"),
    ),
    ("[card]", re.compile(r"\b(?:\d[ -]?){15,18}\d\b")),
    (
        "[personal code]",
        re.compile(r"\b[1-6]\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{4}\b"),
    ),
    (
        "[phone]",
        re.compile(r"(?<![\w.])(?:\+\d{1,3}[ -]?|\(?[08][ -]?)\(?\d{1,3}\)?(?:[ -]?\d{2,3}){2,3}\b"),
    ),
)


def mask(text: str) -> str:
    """`text` with what identifies a person replaced by its kind in brackets."""
    for word, pattern in _PATTERNS:
        text = pattern.sub(word, text)
    return text


def identifiers(text: str) -> list[str]:
    """Kinds of identifiers found in `text`, e.g. ["[card]"]; empty when there is none."""
    return [word for word, pattern in _PATTERNS if pattern.search(text)]


class MaskingFilter(logging.Filter):
    """No log line carries a person: the finished message is masked."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        masked = mask(message)
        if masked != message:
            record.msg, record.args = masked, ()
        return True
