"""A small IMAP server in this process: what a mailbox says to `chat.mail.mailbox`, over a real socket."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Box:
    """What lies in the mailbox. `breaks_on`: the line is cut when this command comes."""

    letters: list[bytes] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    flagged: set[int] = field(default_factory=set)
    breaks_on: str = ""
    claimed_size: int = 0
    port: int = 0

    @property
    def url(self) -> str:
        return f"imap://klausimai%40example.lt:slaptas@127.0.0.1:{self.port}/INBOX"

    def put(self, letter: bytes) -> None:
        self.letters.append(letter)


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.say("* OK here")
        while line := self.rfile.readline().decode().strip():
            tag, _space, rest = line.partition(" ")
            if self.box.breaks_on and self.box.breaks_on in rest:
                self.box.breaks_on = ""
                return
            if rest.startswith("LOGIN") and "slaptas" not in rest:
                self.say(f"{tag} NO wrong")
                continue
            self.answer(rest)
            self.say(f"{tag} OK done")
            if rest == "LOGOUT":
                return

    @property
    def box(self) -> Box:
        return self.server.box  # type: ignore[attr-defined, no-any-return]

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())

    def answer(self, rest: str) -> None:
        if rest == "CAPABILITY":
            self.say("* CAPABILITY IMAP4rev1")
        elif rest.startswith("SELECT"):
            self.say(f"* {len(self.box.letters)} EXISTS")
        elif rest.startswith("UID SEARCH"):
            unseen = (str(n) for n in range(1, len(self.box.letters) + 1) if n not in self.box.seen)
            self.say(f"* SEARCH {' '.join(unseen)}".strip())
        elif found := re.match(r"UID (FETCH|STORE) (\d+) (.*)", rest):
            self.on_letter(found[1], int(found[2]), found[3])

    def on_letter(self, command: str, number: int, what: str) -> None:
        letter = self.box.letters[number - 1]
        if command == "STORE":
            self.box.seen.add(number)
            if "Flagged" in what:
                self.box.flagged.add(number)
        elif "SIZE" in what:
            self.say(f"* {number} FETCH (UID {number} RFC822.SIZE {self.box.claimed_size or len(letter)})")
        else:
            self.say(f"* {number} FETCH (UID {number} BODY[] {{{len(letter)}}}")
            self.wfile.write(letter)
            self.say(")")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def mailbox() -> Iterator[Box]:
    box = Box()
    with _Server(("127.0.0.1", 0), _Talk) as server:
        server.box = box  # type: ignore[attr-defined]
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield box
        server.shutdown()
        thread.join()
