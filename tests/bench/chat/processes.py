"""The processes of a run: the server in either set-up, and the load generator; what the server costs."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, Any

import psutil

from tests.services.base import free_port
from tests.site import ROOT, environment

SETTINGS = "tests.bench.chat.settings"
LOGS = ROOT / "build" / "bench"


class Server:
    """Our processes of one set-up; nothing else counts as ours."""

    def __init__(self, command: list[str], env: dict[str, str], *, name: str) -> None:
        self.port = free_port()
        self._command = [part.format(port=self.port) for part in command]
        self._env = env | {"PORT": str(self.port)}
        self._log = LOGS / f"chat-{name}.log"
        self._process: subprocess.Popen[bytes]

    def __enter__(self) -> Server:
        LOGS.mkdir(parents=True, exist_ok=True)
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, *self._command],
                cwd=ROOT,
                env=self._env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until = time.monotonic() + 90
        while time.monotonic() < until and self._process.poll() is None:
            if self._is_up():
                return self
            time.sleep(0.1)
        self.__exit__()
        raise RuntimeError(f"the server does not answer: {self._log.read_text()[-3000:]}")

    def __exit__(self, *_: object) -> None:
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def cpu(self) -> float:
        """User and system seconds so far."""
        times = [process.cpu_times() for process in self._all()]
        return float(sum(time.user + time.system for time in times))

    def memory(self) -> int:
        """Bytes that are ours alone."""
        return int(sum(process.memory_full_info().uss for process in self._all()))

    def _all(self) -> list[psutil.Process]:
        first = psutil.Process(self._process.pid)
        return [first, *first.children(recursive=True)]

    def _is_up(self) -> bool:
        import http.client

        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            line.request("GET", "/health/live")
            return line.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            line.close()


class Generator:
    """The load generator: `ask(do=…)` and it answers."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.chat.load"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Generator:
        return self

    def __exit__(self, *_: object) -> None:
        self._pipe(self._process.stdin).close()
        self._process.wait(timeout=10)

    def ask(self, **order: Any) -> dict[str, Any]:
        """Its answer. Raises RuntimeError when it ended or something was lost, doubled or out of order."""
        pipe = self._pipe(self._process.stdin)
        pipe.write(json.dumps(order) + "\n")
        pipe.flush()
        line = self._pipe(self._process.stdout).readline()
        if not line:
            raise RuntimeError("the load generator ended")
        answer: dict[str, Any] = json.loads(line)
        if answer.get("wrong"):
            raise RuntimeError(f"{len(answer['wrong'])} faults, the first: {answer['wrong'][:3]}")
        return answer

    @staticmethod
    def _pipe(pipe: IO[str] | None) -> IO[str]:
        assert pipe is not None
        return pipe


def listening(env: dict[str, str], *, workers: int) -> Server:
    """The sockets' server of the production shape."""
    command = ["-m", "portal.project.listen", "--port={port}", f"--workers={workers}"]
    return Server(command, env, name="postgres-redis")


def embedded(env: dict[str, str]) -> Server:
    """What `make run` starts."""
    return Server(["-m", "portal.project.serve"], env, name="embedded")


def bare(env: dict[str, str], *, workers: int) -> Server:
    """The floor of connects, under the same server."""
    command = ["-m", "tests.bench.chat.bare_server", "{port}", str(workers)]
    return Server(command, env, name="bare")


def variables(data_dir: Path, **given: str) -> dict[str, str]:
    return environment(data_dir, DJANGO_SETTINGS_MODULE=SETTINGS, **given) | {"PYTHONPATH": os.fspath(ROOT)}


def output(module: str, *arguments: str, env: dict[str, str], given: str = "") -> str:
    """What a program of this bench prints."""
    return subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=env,
        input=given,
        check=True,
        text=True,
        capture_output=True,
    ).stdout
