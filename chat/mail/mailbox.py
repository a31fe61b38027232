"""The mailbox people write to, over IMAP. A letter is marked seen only by who has stored it, and never deleted."""

from __future__ import annotations

import imaplib
import logging
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.conf import settings

logger = logging.getLogger(__name__)
WAIT = 30  # seconds
LARGEST = 30 * 1024 * 1024
AT_ONCE = 50  # letters a round
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


class Unreachable(Exception):
    """The mailbox did not answer, or not as a mailbox does."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An open line to the folder."""

    line: imaplib.IMAP4

    def unseen(self) -> list[bytes]:
        """Numbers of letters nobody has taken in, oldest first, so many as one round has room for."""
        found = self._ask("SEARCH", "UNSEEN")
        return found[0].split()[:AT_ONCE] if found and isinstance(found[0], bytes) else []

    def content(self, number: bytes) -> bytes | None:
        """The letter; None for one that is too large. Reading does not mark it."""
        sizes = self._ask("FETCH", number.decode(), "(RFC822.SIZE)")
        head = sizes[0] if sizes and isinstance(sizes[0], bytes) else b""
        size = head.rpartition(b"RFC822.SIZE ")[2].rstrip(b")").split()
        if size and size[0].isdigit() and int(size[0]) > LARGEST:
            return None
        parts = self._ask("FETCH", number.decode(), "(BODY.PEEK[])")
        found = next((part[1] for part in parts if isinstance(part, tuple)), None)
        if found is None:
            raise Unreachable("a letter was listed and is not there")
        return bytes(found)

    def mark_seen(self, number: bytes) -> None:
        self._ask("STORE", number.decode(), "+FLAGS", "(\\Seen)")

    def set_aside(self, number: bytes) -> None:
        """For a person to look at in the mailbox."""
        self._ask("STORE", number.decode(), "+FLAGS", "(\\Seen \\Flagged)")

    def _ask(self, command: str, *words: str) -> list[bytes | tuple[bytes, bytes] | None]:
        state, answer = self.line.uid(command, *words)
        if state != "OK":
            raise Unreachable(f"{command} was refused")
        return list(answer)


@contextmanager
def opened() -> Iterator[Mailbox]:
    """The mailbox of MAILBOX_URL. Raises Unreachable, also while it is read."""
    parts = urlsplit(settings.MAILBOX_URL)
    host = parts.hostname or "localhost"
    try:
        line = _line(parts.scheme, host, parts.port)
        try:
            line.login(unquote(parts.username or ""), unquote(parts.password or ""))
            state, _count = line.select(unquote(parts.path.strip("/")) or "INBOX")
            if state != "OK":
                raise Unreachable("the folder is not there")
            yield Mailbox(line)
        finally:
            with suppress(OSError, imaplib.IMAP4.error):
                line.logout()
            with suppress(OSError):
                line.shutdown()  # a line that broke off is not closed by its good-bye
    except (OSError, imaplib.IMAP4.error) as trouble:
        raise Unreachable(type(trouble).__name__) from trouble


def _line(scheme: str, host: str, port: int | None) -> imaplib.IMAP4:
    """Never unencrypted but to this machine, and never to somebody who only says that they are the mailbox."""
    trusted = ssl.create_default_context()  # imaplib's own would believe any certificate
    if scheme == "imaps":
        return imaplib.IMAP4_SSL(host, port or 993, timeout=WAIT, ssl_context=trusted)
    line = imaplib.IMAP4(host, port or 143, timeout=WAIT)
    if host not in _LOCAL:
        line.starttls(ssl_context=trusted)
    return line


def own_address() -> str:
    """Where letters to us go: MAILBOX_ADDRESS, or the name the mailbox is opened with when that is an address."""
    name = unquote(urlsplit(settings.MAILBOX_URL).username or "")
    return str(settings.MAILBOX_ADDRESS or (name if "@" in name else "")).lower()
