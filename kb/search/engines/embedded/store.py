"""Where the index lies: a folder a version, a pointer to the one in use, a lock for the one who writes."""

from __future__ import annotations

import fcntl
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.search.engines.base import VERSION, EngineDown, IndexMissing

WAIT = 600.0  # a whole rebuild may be under way


class Store:
    """The folder of all versions. Readers need no lock: a version in use is only ever added to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._pointer = folder / "current"
        self._known: tuple[int, Path] = (0, folder)

    def current(self) -> Path:
        """The version in use. Raises IndexMissing when there is none of this form."""
        try:
            written = self._pointer.stat().st_mtime_ns
            if self._known[0] == written:
                return self._known[1]
            name = self._pointer.read_text().strip()
        except OSError:
            raise IndexMissing("there is no index yet") from None
        path = self.folder / name
        if not name.startswith(f"v{VERSION}-") or not path.is_dir():
            raise IndexMissing(f"the index {name!r} is of another form or gone")
        self._known = written, path
        return path

    def state(self) -> tuple[int, ...]:
        """Changes with every commit and every switch; cheap enough to ask before each search."""
        try:
            return self._pointer.stat().st_mtime_ns, (self.current() / "meta.json").stat().st_mtime_ns
        except OSError:
            raise IndexMissing("there is no index yet") from None

    @contextmanager
    def fresh(self) -> Iterator[Path]:
        """A folder for a new version; gone again when the work in it fails."""
        path = self.folder / f"v{VERSION}-{uuid.uuid4().hex[:12]}"
        path.mkdir(parents=True)
        try:
            yield path
        except BaseException:
            shutil.rmtree(path, ignore_errors=True)
            raise

    def switch(self, path: Path) -> None:
        """From now on `path` is in use; the one before stays for readers in the middle of opening it."""
        before = self._pointer.read_text().strip() if self._pointer.exists() else ""
        draft = self.folder / f"current.{uuid.uuid4().hex[:6]}"
        draft.write_text(path.name)
        draft.replace(self._pointer)
        for old in self.folder.glob("v*-*"):
            if old.name not in {path.name, before}:
                shutil.rmtree(old, ignore_errors=True)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One writer at a time, among all processes. Raises EngineDown after ten minutes."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "writer.lock").open("a") as lock:
            until = time.monotonic() + WAIT
            while not _locked(lock.fileno()):
                if time.monotonic() > until:
                    raise EngineDown("another process has been writing the index for too long")
                time.sleep(0.05)
            yield


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
