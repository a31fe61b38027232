"""Test databases on SQLite begin as a copy of one that is already migrated.

Four hundred migrations take fifteen seconds; every worker of every run would pay them again.
The copy is keyed by what decides its shape (our migrations, the lock of third parts), so it can't be stale.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from django.conf import settings

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "build" / "test-databases"


def start_from_a_migrated_copy() -> None:
    """Put a migrated file where Django expects the test database, and let Django keep it."""
    if on_sqlite():
        shutil.copyfile(_migrated(), settings.DATABASES["default"]["TEST"]["NAME"])


def on_sqlite() -> bool:
    """Whether this run uses SQLite."""
    return str(settings.DATABASES["default"]["ENGINE"]).endswith("sqlite3")


def _migrated() -> Path:
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{_shape()}.sqlite3"
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            for old in FOLDER.glob("*.sqlite3*"):
                old.unlink()
            _migrate(path)
    return path


def _migrate(path: Path) -> None:
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity=0"],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{draft}", "DJANGO_SETTINGS_MODULE": "tests.settings"},
        check=True,
    )
    draft.rename(path)


def _shape() -> str:
    files = [ROOT / "uv.lock", *sorted(ROOT.glob("[!.]*/**/migrations/*.py")), *sorted(ROOT.glob("*/**/apps.py"))]
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.relative_to(ROOT).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()[:16]
