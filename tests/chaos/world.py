"""The production shape in processes that can be killed: PostgreSQL, Redis, sockets, a worker."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg

from tests.bench.chat.processes import variables
from tests.services.base import free_port
from tests.services.postgresql import CarefulPostgreSQL
from tests.services.redis import Redis
from tests.site import ROOT

WORKERS = 2


class World:
    """`with World(folder) as world:` – everything runs; `kill(what)` and it is dead at once, and begun again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mode = folder / "mode"
        self.mode.write_text("sound")
        self.port = free_port()
        self.postgres, self.redis = CarefulPostgreSQL(), Redis()
        self._log = folder / "processes.log"

    def __enter__(self) -> World:
        for service in (self.postgres, self.redis):
            (own := self.folder / service.name.lower()).mkdir()
            service.start(own)
        for service in (self.postgres, self.redis):
            service.wait()
        given = {"DATABASE_URL": self.postgres.address, "REDIS_URL": self.redis.address, "CHANNEL_LAYER": "redis"}
        self.env = variables(self.folder / "var", SEARCH_ENGINE="dummy", CHAOS_MODE=str(self.mode), **given)
        self.env["DJANGO_SETTINGS_MODULE"] = "tests.chaos.settings"
        subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity=0"], cwd=ROOT, env=self.env, check=True)
        self._listen = self._start("-m", "portal.project.listen", f"--port={self.port}", f"--workers={WORKERS}")
        self._worker = self._start("manage.py", "db_worker")
        return self

    def __exit__(self, *_: object) -> None:
        for process in (self._listen, self._worker):
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=15)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.redis.stop()
        self.postgres.stop()

    def kill(self, what: str) -> None:
        """kill -9; what nobody else revives is begun again."""
        if what == "app":
            children = psutil.Process(self._listen.pid).children()
            if children:
                children[int(time.monotonic() * 1000) % len(children)].kill()
        elif what == "worker":
            self._worker.kill()
            self._worker.wait()
            self._worker = self._start("manage.py", "db_worker")
        elif what == "redis":
            self.redis.kill()
            self.redis.start(self.folder / "redis")
        elif what == "postgresql":
            self.postgres.kill()
            self._revive_postgres()

    def renew(self) -> None:
        """A rolling restart: one process after the other."""
        self._listen.send_signal(signal.SIGHUP)

    def is_open(self) -> bool:
        """Whether a process answers."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            line.request("GET", "/health/live")
            return line.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            line.close()

    def is_accepting(self) -> bool:
        """Whether the database can be asked: without it no socket is let in."""
        with suppress(psycopg.OperationalError), psycopg.connect(self.postgres.address, connect_timeout=1):
            return True
        return False

    def _revive_postgres(self) -> None:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            self.postgres.start_again()
            time.sleep(0.3)
            for _ in range(50):
                if self.is_accepting():
                    return
                if self.postgres.has_ended():  # its children of before hold the memory yet
                    break
                time.sleep(0.1)
        raise RuntimeError(f"PostgreSQL does not come back: {self.postgres.log}")

    def _start(self, *command: str) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, *command],
                cwd=ROOT,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
