"""A letter as it came over the line, read into what we need of it. Nothing in it is believed but its words."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from html.parser import HTMLParser

LONGEST = 40_000  # characters of one letter that are read
_LISTS = frozenset({"bulk", "junk", "list", "auto_reply"})
_ROBOTS = re.compile(r"^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)\b", re.IGNORECASE)
_IDENTIFIER = re.compile(r"<[^<>\s]{1,300}>")
_NOT_SHOWN = frozenset({"script", "style", "head", "title"})
_BREAKS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "blockquote"})


@dataclass(frozen=True, slots=True)
class Incoming:
    """`identifier`: its Message-ID, or one made from its bytes. `references`: the letters it answers."""

    identifier: str
    sender: str
    name: str
    subject: str
    text: str
    references: tuple[str, ...]
    files: tuple[tuple[str, bytes], ...]
    is_automatic: bool


def read(raw: bytes) -> Incoming:
    """Read one letter, however broken it is."""
    letter = message_from_bytes(raw, policy=policy.compat32)
    modern = message_from_bytes(raw, policy=policy.default)
    assert isinstance(modern, EmailMessage)  # noqa: S101
    name, sender = parseaddr(_header(modern, "From"))
    identifier = _IDENTIFIER.search(str(letter.get("Message-ID", "")))
    answered = f"{letter.get('In-Reply-To', '')} {letter.get('References', '')}"
    return Incoming(
        identifier=identifier[0] if identifier else f"<{hashlib.sha256(raw).hexdigest()}@without-identifier>",
        sender=sender.strip().lower(),
        name=name.strip()[:60],
        subject=" ".join(_header(modern, "Subject").split())[:200],
        text=_text(modern)[:LONGEST].strip(),
        references=tuple(dict.fromkeys(_IDENTIFIER.findall(answered)))[-50:],
        files=tuple((_file_name(part), _bytes(part)) for part in _parts(modern) if _is_file(part)),
        is_automatic=_is_automatic(modern, sender),
    )


def without_quotes(text: str) -> str:
    """An answer without the lines of ours that its program repeated; the whole where nothing else would be left."""
    kept: list[str] = []
    for line in text.splitlines():
        if line.startswith(">"):
            if kept and kept[-1].rstrip().endswith(":"):
                kept.pop()
            continue
        kept.append(line)
    return "\n".join(kept).strip() or text


def _header(letter: EmailMessage, name: str) -> str:
    try:
        return str(letter.get(name, ""))
    except Exception:  # the parser of headers fails on what only a program writes
        return ""


def _is_automatic(letter: EmailMessage, sender: str) -> bool:
    """Out-of-office notes, bounces and lists: nobody there waits for an answer."""
    submitted = _header(letter, "Auto-Submitted").split(";")[0].strip().lower()
    return (
        submitted not in {"", "no"}
        or _header(letter, "Precedence").strip().lower() in _LISTS
        or any(name in letter for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress", "List-Id"))
        or letter.get_content_type() == "multipart/report"
        or _header(letter, "Return-Path").strip() == "<>"
        or not sender
        or bool(_ROBOTS.match(sender))
    )


def _parts(letter: EmailMessage) -> list[EmailMessage]:
    return [part for part in letter.walk() if isinstance(part, EmailMessage) and not part.is_multipart()]


def _is_file(part: EmailMessage) -> bool:
    return bool(part.get_filename()) or part.get_content_maintype() not in {"text", "multipart"}


def _file_name(part: EmailMessage) -> str:
    return (part.get_filename() or part.get_content_type())[:100]


def _bytes(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _text(letter: EmailMessage) -> str:
    """The plain part; of a letter with none, the words of its HTML."""
    shown = [part for part in _parts(letter) if not _is_file(part)]
    plain = [_decoded(part) for part in shown if part.get_content_type() == "text/plain"]
    if any(text.strip() for text in plain):
        return "\n".join(plain)
    return "\n".join(_words(_decoded(part)) for part in shown if part.get_content_type() == "text/html")


def _decoded(part: EmailMessage) -> str:
    content = _bytes(part)
    try:
        text = content.decode(part.get_content_charset() or "utf-8", errors="replace")
    except LookupError:  # a character set nobody knows
        text = content.decode("utf-8", errors="replace")
    return text.replace("\r\n", "\n").replace("\0", "")


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in _NOT_SHOWN
        if tag in _BREAKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - (tag in _NOT_SHOWN))
        if tag in _BREAKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(re.sub(r"\s+", " ", data))


def _words(markup: str) -> str:
    reader = _Words()
    reader.feed(markup)
    reader.close()
    return re.sub(r"\n\s*\n+", "\n\n", "".join(reader.words)).strip()
