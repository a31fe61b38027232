"""Missing programs are installed with apt when we may; else one line says what to type."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable

from tests.services.base import LOGS


def may_install() -> bool:
    return os.getuid() == 0 and shutil.which("apt-get") is not None


def install(packages: Iterable[str]) -> None:
    """Install packages; their talk goes to build/services/apt.log."""
    names = sorted(packages)
    print(f"Installing {', '.join(names)} …", file=sys.stderr, flush=True)
    LOGS.mkdir(parents=True, exist_ok=True)
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    with (LOGS / "apt.log").open("wb") as log:
        for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *names]):
            subprocess.run(
                ["apt-get", *command], env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False
            )
