"""One gunicorn sync worker, and what its processor time was spent on.

The client asks for keep-alive as a proxy does. A sync worker ends each connection all the same; the empty view,
which everything is compared with, pays that too.
"""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import time
from pathlib import Path

import psutil

from tests.services.base import free_port
from tests.site import ROOT


class Gunicorn:
    """`with Gunicorn("module:application", log=…, **variables) as server:` – one worker, ready to answer."""

    def __init__(self, application: str, *, log: Path, env: dict[str, str]) -> None:
        self.port = free_port()
        options = ["--workers=1", "--worker-class=sync", "--keep-alive=5", "--timeout=120", "--no-control-socket"]
        command = [sys.executable, "-m", "gunicorn", application, f"--bind=127.0.0.1:{self.port}", *options]
        with log.open("wb") as file:
            self._master = subprocess.Popen(
                command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT
            )
        self._log = log
        self.cookie = ""
        self._line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def __enter__(self) -> Gunicorn:
        until = time.monotonic() + 90
        while time.monotonic() < until and self._master.poll() is None:
            try:
                self.get("/")
            except (OSError, http.client.HTTPException):
                self._line.close()
                time.sleep(0.1)
            else:
                self.worker = psutil.Process(self._master.pid).children()[0].pid
                return self
        self.__exit__()
        raise RuntimeError(f"gunicorn does not answer: {self._log.read_text()[-3000:]}")

    def __exit__(self, *_: object) -> None:
        self._master.terminate()
        self._master.wait()

    def get(self, path: str) -> int:
        """The status of one address; its body is read to the end."""
        headers = {"Connection": "keep-alive", "Accept-Encoding": "identity"}
        self._line.request("GET", path, headers=headers | ({"Cookie": self.cookie} if self.cookie else {}))
        answer = self._line.getresponse()
        answer.read()
        return answer.status

    def cpu(self) -> float:
        """Seconds of the worker's processor so far."""
        return cpu_of(self.worker)

    def cost(self, path: str, times: int) -> float:
        """Seconds of the worker's processor for `times` requests. Two before them warm the path and are not counted."""
        for _ in range(2):
            self.get(path)
        before = self.cpu()
        for _ in range(times):
            if self.get(path) != 200:
                raise RuntimeError(f"{path} did not answer with 200")
        return self.cpu() - before


def cpu_of(pid: int) -> float:
    """User and system seconds of a process so far, all its threads, in nanosecond steps where Linux says them."""
    try:
        tasks = Path(f"/proc/{pid}/task")
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks.iterdir()) / 1e9
    except (OSError, ValueError):
        times = psutil.Process(pid).cpu_times()
        return float(times.user + times.system)


def variables(data_dir: Path, **given: str) -> dict[str, str]:
    """The environment of a measured server."""
    from tests.site import environment

    return environment(data_dir, **given) | {"PYTHONPATH": os.fspath(ROOT)}
