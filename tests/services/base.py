"""What a service of a test run is: found, started in a folder, answered for, ended."""

from __future__ import annotations

import os
import pwd
import socket
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path

LOGS = Path(__file__).resolve().parents[2] / "build" / "services"


class NotStarted(RuntimeError):
    """The service is installed and did not come up; the text names its log."""


class Service(ABC):
    """One program of a test run. `variable` is where its address goes."""

    name: str
    variable: str
    packages: tuple[str, ...] = ()

    def __init__(self) -> None:
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @abstractmethod
    def missing(self) -> str:
        """Why it can't be started here; empty when it can."""

    @abstractmethod
    def start(self, folder: Path) -> None:
        """Begin to start it in `folder`, which belongs to it alone; `wait` follows."""

    @abstractmethod
    def answers(self) -> bool:
        """Whether it can be used now."""

    @property
    @abstractmethod
    def address(self) -> str: ...

    def wait(self, *, seconds: float = 180) -> None:
        """Until it answers. Raises NotStarted when it ends before or takes too long."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self._process is not None and self._process.poll() is not None:
                break
            if _true(self.answers):
                return
            time.sleep(0.1)
        raise NotStarted(f"{self.name} did not start; its log: {self.log}")

    def stop(self) -> None:
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def kill(self) -> None:
        """At once, as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def has_ended(self) -> bool:
        return self._process is None or self._process.poll() is not None

    @property
    def log(self) -> Path:
        return LOGS / f"{self.name.lower()}.log"

    def spawn(self, command: list[str], *, user: str | None, env: dict[str, str] | None = None) -> None:
        """Start the program in its own session (Ctrl-C comes to us first), as `user` when we are root."""
        LOGS.mkdir(parents=True, exist_ok=True)
        identity = identity_of(user)
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=os.environ | (env or {}),
                cwd="/",
                start_new_session=True,
                user=identity,
                group=None if identity is None else pwd.getpwnam(identity).pw_gid,
                extra_groups=None if identity is None else [],
            )


def identity_of(user: str | None) -> str | None:
    """The user to run as; None when we are not root and can't choose."""
    return user if os.getuid() == 0 else None


def give_to(user: str, folder: Path) -> None:
    """Let `user` own a folder and everything in it, when we are root."""
    if os.getuid() != 0:
        return
    row = pwd.getpwnam(user)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, row.pw_uid, row.pw_gid, follow_symlinks=False)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _true(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except OSError:
        return False
