"""`python -m tests.services [--only=postgresql,redis] COMMAND …`: run a command among real services."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from ctypes.util import find_library
from pathlib import Path
from types import FrameType

from tests.services.base import LOGS, NotStarted, Service
from tests.services.chromium import PACKAGES as CHROMIUM_PACKAGES
from tests.services.chromium import chromium
from tests.services.dovecot import Dovecot
from tests.services.elasticsearch import Elasticsearch
from tests.services.install import install, may_install
from tests.services.names import SKIPPED, carried, skipped_parts
from tests.services.postgresql import PostgreSQL
from tests.services.redis import Redis

PAPER = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-dejavu-core")


def main(command: list[str]) -> int:
    services: list[Service] = [PostgreSQL(), Redis(), Elasticsearch(), Dovecot()]
    if command[0].startswith("--only="):
        wanted = command.pop(0).removeprefix("--only=").split(",")
        services = [service for service in services if service.name.lower() in wanted]
    _install_missing(services)
    skipped = {service.name: _say(service.missing(), service.packages) for service in services if service.missing()}
    if not chromium():
        skipped["Chromium"] = _say("no browser is here", CHROMIUM_PACKAGES)
    if not find_library("pangoft2-1.0"):
        skipped["Paper (PDF)"] = _say("Pango is not here", PAPER)
    if not shutil.which("xgettext"):
        skipped["Strings against the catalogues"] = _say("gettext's xgettext is not here", ("gettext",))
    if skipped and os.environ.get("REQUIRE_ALL") == "1":
        print(*skipped_parts(carried(skipped)), "REQUIRE_ALL=1 FORBIDS SKIPPING.", sep="\n", file=sys.stderr)
        return 1
    signal.signal(signal.SIGTERM, _interrupted)
    with ExitStack() as ending:
        env = {SKIPPED: carried(skipped), "CHROMIUM": chromium()}
        try:
            env |= _started([service for service in services if service.name not in skipped], ending)
        except (NotStarted, subprocess.CalledProcessError) as trouble:
            print(trouble, file=sys.stderr)
            return 1
        return _run(command, env)


def _install_missing(services: list[Service]) -> None:
    wanted = {package for service in services if service.missing() for package in service.packages}
    wanted |= set() if chromium() else set(CHROMIUM_PACKAGES)
    wanted |= set() if find_library("pangoft2-1.0") else set(PAPER)
    wanted |= set() if shutil.which("xgettext") else {"gettext"}
    if wanted and may_install():
        install(wanted)


def _say(reason: str, packages: tuple[str, ...]) -> str:
    return f"{reason}; type: sudo apt-get install -y {' '.join(packages)}"


def _started(services: list[Service], ending: ExitStack) -> dict[str, str]:
    """Start all at once, wait for each. Folders are in the system's place for temporary files:
    the users the servers run as can't look into a home folder."""
    LOGS.mkdir(parents=True, exist_ok=True)
    for service in services:
        folder = Path(tempfile.mkdtemp(prefix=f"parama-{service.name.lower()}-"))
        ending.callback(shutil.rmtree, folder, ignore_errors=True)
        ending.callback(service.stop)
        service.start(folder)
    for service in services:
        service.wait()
    return {service.variable: service.address for service in services}


def _run(command: list[str], env: dict[str, str]) -> int:
    child = subprocess.Popen(command, env=os.environ | env)
    try:
        return child.wait()
    except KeyboardInterrupt:
        child.terminate()
        child.wait()
        return 130


def _interrupted(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
