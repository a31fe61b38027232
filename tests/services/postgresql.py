"""PostgreSQL: a cluster of its own in a folder that is thrown away.

Tests run it without care for power cuts; what is measured, or killed, runs it as a town does.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.services.base import Service, give_to, identity_of

USER = "postgres"


CARELESS = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"
CAREFUL = "fsync = on\nsynchronous_commit = on\nfull_page_writes = on\n"


class PostgreSQL(Service):
    name = "PostgreSQL"
    is_careful = False
    variable = "POSTGRES_URL"
    packages = ("postgresql",)

    def missing(self) -> str:
        return "" if _programs() else "its programs are not in /usr/lib/postgresql nor on the path"

    @property
    def address(self) -> str:
        return f"postgres://parama@127.0.0.1:{self.port}/parama"

    def start(self, folder: Path) -> None:
        programs = _programs()
        assert programs is not None
        give_to(USER, folder)
        data = folder / "data"
        subprocess.run(
            [programs / "initdb", "-D", data, "-U", "parama", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd="/",
            user=identity_of(USER),
        )
        with (data / "postgresql.conf").open("a") as conf:
            conf.write(
                f"listen_addresses = '127.0.0.1'\nport = {self.port}\nunix_socket_directories = '{folder}'\n"
                f"max_connections = 200\n{CAREFUL if self.is_careful else CARELESS}"
            )
        self._data = data
        self.start_again()

    def start_again(self) -> None:
        """On the data that is there."""
        programs, data = _programs(), self._data
        assert programs is not None
        self.spawn([str(programs / "postgres"), "-D", str(data)], user=USER)

    def answers(self) -> bool:
        programs = _programs()
        assert programs is not None
        database = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "parama"]
        if subprocess.run([programs / "pg_isready", "-q", *database], check=False).returncode:
            return False
        return subprocess.run([programs / "createdb", *database, "parama"], check=False).returncode == 0


class CarefulPostgreSQL(PostgreSQL):
    """Nothing that was committed is lost when it is killed, or the power fails."""

    is_careful = True


def _programs() -> Path | None:
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if versions:
        return versions[-1].parent
    found = shutil.which("initdb")
    return Path(found).parent if found else None
