"""Test databases begin as a copy of one that is already migrated.

Two hundred and fifty migrations cost three quarters of a minute of a processor; every worker of every run would pay
them again. The copy is keyed by what decides its shape (our migrations, the lock of third parts), so it can't be
stale. On SQLite it is a file, kept between runs: where migrations were only added since, they are applied to the one
before. On PostgreSQL it is a template in the cluster of this run.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from psycopg import sql

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "build" / "test-databases"


def start_from_a_migrated_copy() -> None:
    """Put a migrated database where Django expects the one of the tests, and let Django keep it."""
    if on_sqlite():
        shutil.copyfile(_migrated(), settings.DATABASES["default"]["TEST"]["NAME"])
    else:
        own = settings.DATABASES["default"]
        copy_on_postgresql(os.environ["DATABASE_URL"], own["TEST"]["NAME"] or f"test_{own['NAME']}")


def on_sqlite() -> bool:
    """Whether this run uses SQLite."""
    return str(settings.DATABASES["default"]["ENGINE"]).endswith("sqlite3")


def copy_on_postgresql(url: str, name: str) -> None:
    """Make the database `name` in the cluster at `url`, migrated; what was there under this name is gone."""
    shape = f"parama_shape_{_digest(_files())}"
    with _alone(), psycopg.connect(url, autocommit=True) as line:
        if line.execute("SELECT 1 FROM pg_database WHERE datname = %s", [shape]).fetchone() is None:
            draft = f"{shape}_draft"
            line.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(draft)))
            line.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(draft)))
            _migrate(urlsplit(url)._replace(path=f"/{draft}").geturl())
            line.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(draft), sql.Identifier(shape)))
        line.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        line.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(shape)))


def _migrated() -> Path:
    files = _files()
    path = FOLDER / f"{_digest(files)}.sqlite3"
    with _alone():
        if not path.exists():
            draft = path.with_suffix(".draft")
            draft.unlink(missing_ok=True)
            before = _before(files)
            if before:
                shutil.copyfile(before, draft)
            _migrate(f"sqlite:///{draft}")
            for old in FOLDER.glob("*.sqlite3*"):
                old.unlink()
            path.with_suffix(".sqlite3.made-from").write_text(json.dumps(files))
            draft.rename(path)
    return path


def _before(files: dict[str, str]) -> Path | None:
    """A copy made from nothing but some of these files: the rest can be applied to it."""
    for path in FOLDER.glob("*.sqlite3"):
        made_from = path.with_suffix(".sqlite3.made-from")
        if made_from.exists() and json.loads(made_from.read_text()).items() <= files.items():
            return path
    return None


@contextmanager
def _alone() -> Iterator[None]:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _migrate(url: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity=0"],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        check=True,
    )


def _files() -> dict[str, str]:
    """What decides the shape of a migrated database, by name: the digest of each file."""
    files = [ROOT / "uv.lock", *ROOT.glob("[!.]*/**/migrations/*.py")]
    return {file.relative_to(ROOT).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def _digest(files: dict[str, str]) -> str:
    return hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()[:16]
