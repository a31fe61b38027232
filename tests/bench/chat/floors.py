"""The floor of messages: the same rows written by a bare loop, one message a transaction.

`python -m tests.bench.chat.floors SECONDS` reads from standard input what the ground printed; prints messages a second.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import json
import os
import sqlite3
import sys
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import psycopg

from tests.bench.chat.load import TEXT

_COLUMNS = (
    "consultation_id, staff_sequence, public_sequence, kind, author, text, language, data, client_id, body_hash, at"
)
LOCK = (
    "SELECT state, consultant_id, public_sequence, staff_sequence FROM chat_consultation WHERE id = %s"
    " FOR NO KEY UPDATE"
)
KNOWN = "SELECT body_hash FROM chat_event WHERE consultation_id = %s AND client_id = %s"
ADD = f"INSERT INTO chat_event ({_COLUMNS}) VALUES (%s, %s, %s, 'message', 'resident', %s, 'lt', '{{}}', %s, %s, %s)"
ADVANCE = "UPDATE chat_consultation SET public_sequence = %s, staff_sequence = %s, changed_at = %s WHERE id = %s"


def postgres(address: str) -> Callable[[int, int], None]:
    line = psycopg.connect(address)

    def write(pk: int, number: int) -> None:
        with line.transaction(), line.cursor() as cursor:
            _one(cursor.execute, pk, number, key=uuid4())

    return write


def sqlite(path: str) -> Callable[[int, int], None]:
    line = sqlite3.connect(path, isolation_level=None, timeout=20)
    line.execute("PRAGMA synchronous=FULL")

    def ask(sql: str, values: Any) -> Any:
        return line.execute(sql.replace("%s", "?").replace(" FOR NO KEY UPDATE", ""), values)

    def write(pk: int, number: int) -> None:
        line.execute("BEGIN IMMEDIATE")
        _one(ask, pk, number, key=uuid4().hex)
        line.execute("COMMIT")

    return write


def _one(ask: Callable[[str, Any], Any], pk: int, number: int, *, key: Any) -> None:
    text, now = TEXT.format(number=number), dt.datetime.now(dt.UTC)
    at = now if not isinstance(key, str) else str(now.replace(tzinfo=None))
    _state, _consultant, public, staff = ask(LOCK, (pk,)).fetchone()
    assert ask(KNOWN, (pk, key)).fetchone() is None
    digest = hashlib.sha256(text.encode()).hexdigest()
    ask(ADD, (pk, staff + 1, public + 1, text, key, digest, at))
    ask(ADVANCE, (public + 1, staff + 1, at, pk))


def main(seconds: float) -> float:
    pks = [one["pk"] for one in json.load(sys.stdin)["conversations"]]
    address = os.environ["DATABASE_URL"]
    write = postgres(address) if address.startswith("postgres") else sqlite(address.removeprefix("sqlite:///"))
    began, number = time.perf_counter(), 0
    for number, pk in enumerate(itertools.cycle(pks)):
        write(pk, number)
        if time.perf_counter() - began > seconds:
            break
    return (number + 1) / (time.perf_counter() - began)


if __name__ == "__main__":
    print(main(float(sys.argv[1])))
