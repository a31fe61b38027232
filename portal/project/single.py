"""One process at a time where only one can work.

The in-process layer wakes conversations of its own process only: a second process would serve people
who never hear of each other's messages. So whoever serves with it holds a lock in DATA_DIR.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import IO

_held: dict[Path, IO[str]] = {}


class AnotherIsServing(RuntimeError):
    """Another process serves from the same DATA_DIR; the text says which and what to do."""


def hold(data_dir: Path, *, about: str) -> None:
    """Take the lock until this process ends; taking it again is nothing. Raises AnotherIsServing."""
    path = data_dir / "serve.lock"
    if path in _held:
        return
    data_dir.mkdir(parents=True, exist_ok=True)
    file = path.open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        other = file.read().strip() or "another process"
        file.close()
        raise AnotherIsServing(
            f"{other} already serves from {data_dir}. With CHANNEL_LAYER=memory only one process may: "
            "stop it, choose another DATA_DIR, or set CHANNEL_LAYER=redis and REDIS_URL for several."
        ) from None
    file.truncate(0)
    file.write(f"process {os.getpid()} ({about})")
    file.flush()
    _held[path] = file


def hold_if_needed(about: str) -> None:
    """For the doors of servers (WSGI, ASGI): hold the lock when the layer is the in-process one."""
    from django.conf import settings

    if "InMemory" in str(settings.CHANNEL_LAYERS["default"]["BACKEND"]):
        hold(settings.DATA_DIR, about=about)
