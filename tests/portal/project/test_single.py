"""Only one process serves where only one can."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.project import single


@pytest.fixture(autouse=True)
def _given_back() -> Iterator[None]:
    """A process keeps its locks until it ends; a test gives back those it took."""
    before = set(single._held)
    yield
    for path in single._held.keys() - before:
        single._held.pop(path).close()


OTHER = "import sys, pathlib; from portal.project import single; single.hold(pathlib.Path(sys.argv[1]), about='other')"


def _another_process(data_dir: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", OTHER, str(data_dir)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_second_process_is_refused_and_told_who_was_first(tmp_path: Path) -> None:
    single.hold(tmp_path, about="http://127.0.0.1:8000")

    refused = _another_process(tmp_path)

    assert refused.returncode == 1
    assert "http://127.0.0.1:8000) already serves" in refused.stderr
    assert "CHANNEL_LAYER=redis" in refused.stderr


def test_the_place_is_free_when_the_first_has_ended(tmp_path: Path) -> None:
    assert _another_process(tmp_path).returncode == 0

    single.hold(tmp_path, about="next")


def test_the_same_process_may_ask_again(tmp_path: Path) -> None:
    single.hold(tmp_path, about="once")
    single.hold(tmp_path, about="twice")


def test_nobody_is_refused_in_a_folder_of_their_own(tmp_path: Path) -> None:
    single.hold(tmp_path / "one", about="one")

    assert _another_process(tmp_path / "two").returncode == 0


@pytest.mark.parametrize("leftover", ["", "process 1 (from before a power cut)"])
def test_a_file_left_behind_refuses_nobody(tmp_path: Path, leftover: str) -> None:
    (tmp_path / "serve.lock").write_text(leftover)

    single.hold(tmp_path, about="after")

    assert "after" in (tmp_path / "serve.lock").read_text()
