"""The product itself, as its own process: what `make run` starts, on a free port, with a data folder of its own.

Preparing the demonstration city takes longer than most tests, so it is done once a day and state of the code and
copied for every run: nobody meets what another run left behind.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import hashlib
import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from portal.project import prepare
from portal.project.env import TABLE, Environment
from tests.services.base import free_port

ROOT = Path(__file__).resolve().parents[1]
PREPARED = ROOT / "build" / "prepared-sites"


class NotReady(RuntimeError):
    """The site ended, or did not become ready in time; the text carries what it said."""


class Site:
    """One running Parama. `with Site(folder) as site:` starts it, waits until it is ready, ends it as Ctrl-C does."""

    def __init__(self, data_dir: Path, **variables: str) -> None:
        self.data_dir = data_dir
        self.port = free_port()
        self.log = data_dir.with_name(f"{data_dir.name}.log")
        self._variables = variables
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Site:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self, *, seconds: float = 240) -> float:
        """Until it is ready; returns how many seconds that took. Raises NotReady."""
        began = time.monotonic()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "portal.project.serve"],
                cwd=ROOT,
                env=environment(self.data_dir, PORT=str(self.port), **self._variables),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        while time.monotonic() - began < seconds:
            if self._process.poll() is not None:
                break
            if self.is_ready():
                return time.monotonic() - began
            time.sleep(0.1)
        self.stop()
        raise NotReady(f"The site is not ready; it said:\n{self.said()[-4000:]}")

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        """End it as Ctrl-C does, and only harder when that does not help; returns its exit status."""
        if self._process is None:
            return 0
        if self._process.poll() is None:
            os.killpg(self._process.pid, number)
        try:
            return self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            return self._process.wait()

    def is_ready(self) -> bool:
        try:
            return self.get("/health/ready")[0] == 200
        except (OSError, http.client.HTTPException):
            return False

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        """Status and text of one address, redirects not followed."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        try:
            line.request("GET", path, headers=headers)
            answer = line.getresponse()
            return answer.status, answer.read().decode()
        finally:
            line.close()

    def said(self) -> str:
        """Everything it wrote so far."""
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def accounts(self) -> list[dict[str, Any]]:
        """The demonstration accounts, as the start wrote them for people and programs."""
        path = self.data_dir / "demo-accounts.json"
        rows: list[dict[str, Any]] = json.loads(path.read_text()) if path.exists() else []
        return rows


def environment(data_dir: Path, **variables: str) -> dict[str, str]:
    """This process's environment without what a developer has set for the product."""
    names = {row.name for row in TABLE} | {"DJANGO_SETTINGS_MODULE"}
    kept = {name: value for name, value in os.environ.items() if name not in names}
    return kept | {"DATA_DIR": str(data_dir), "LOG_LEVEL": "WARNING"} | variables


def prepared(target: Path) -> Path:
    """A data folder with the demonstration city, copied from one that was prepared today from this very code."""
    shutil.copytree(_prepared_today(), target, symlinks=True)
    return target


def _prepared_today() -> Path:
    PREPARED.mkdir(parents=True, exist_ok=True)
    folder = PREPARED / _state()
    with (PREPARED / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            for old in PREPARED.iterdir():
                shutil.rmtree(old, ignore_errors=True)
            draft = PREPARED / "draft"
            _prepare(draft)
            draft.rename(folder)
    return folder


def _prepare(folder: Path) -> None:
    command = [sys.executable, "-m", "portal.project.prepare"]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment(folder),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NotReady(f"The site can't be prepared:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")


def _state() -> str:
    env = Environment({})
    digest = hashlib.sha256(dt.datetime.now(dt.UTC).date().isoformat().encode())
    for step in prepare.STEPS:
        digest.update(step.key(env).encode())
    return digest.hexdigest()[:16]
