"""The IT person types `make run`: what other programs and people rely on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.services.base import free_port
from tests.site import ROOT, Site, environment, prepared

SERVE = [sys.executable, "-m", "portal.project.serve"]


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Site]:
    """A site of this test alone, prepared, not started."""
    site = Site(prepared(tmp_path / "var"))
    yield site
    site.stop()


def _refused(data_dir: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    env = environment(data_dir, **variables)
    return subprocess.run(SERVE, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=60)


def test_the_second_start_is_ready_within_ten_seconds_and_says_where(own: Site) -> None:
    own.start()

    # Of processor time: what others on the machine take is not ours to promise.
    spent = psutil.Process(own.pid).cpu_times()
    assert spent.user + spent.children_user <= 10
    assert f"Parama is ready: {own.url}/" in own.said()
    for account in own.accounts():
        assert account["password"] in own.said()


def test_ready_names_each_part(own: Site) -> None:
    own.start()

    status, text = own.get("/health/ready")

    assert status == 200
    answer = json.loads(text)
    assert answer["status"] == "ok"
    assert answer["parts"]["database"] == {"ok": True, "state": "sqlite"}
    assert own.get("/health/live")[0] == 200


def test_accounts_lie_in_a_file_only_its_owner_reads(own: Site) -> None:
    own.start()

    rows = own.accounts()

    assert {"consultant", "supervisor", "editor", "translator", "manager", "administrator"} <= {r["role"] for r in rows}
    assert all(set(row) == {"username", "password", "role", "institution", "languages"} for row in rows)
    assert (own.data_dir / "demo-accounts.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "a service manager's stop"])
def test_the_end_ends_everything_it_started(own: Site, number: signal.Signals) -> None:
    own.start()
    family = [psutil.Process(own.pid), *psutil.Process(own.pid).children(recursive=True)]

    status = own.stop(number)

    assert status == 0
    assert not any(process.is_running() for process in family)
    assert "Traceback" not in own.said()


def test_make_run_honours_port_host_and_data_dir_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    site = Site(prepared(tmp_path / "var"))
    env = environment(site.data_dir, PORT=str(site.port), HOST="127.0.0.1")
    make = subprocess.Popen(["make", "-s", "run"], cwd=ROOT, env=env, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        until = time.monotonic() + 60
        while not site.is_ready() and time.monotonic() < until:
            time.sleep(0.1)
        family = [psutil.Process(make.pid), *psutil.Process(make.pid).children(recursive=True)]
        assert site.is_ready()
    finally:
        os.killpg(make.pid, signal.SIGINT)  # what the terminal does with Ctrl-C
        make.wait(timeout=20)
    _gone, alive = psutil.wait_procs(family, timeout=10)
    assert not alive


def test_a_second_start_in_the_same_folder_is_refused(own: Site) -> None:
    own.start()

    refused = _refused(own.data_dir, PORT=str(free_port()))

    assert refused.returncode == 1
    assert f"{own.url}) already serves" in refused.stderr


def test_a_port_that_is_taken_is_refused_with_what_to_type(own: Site, tmp_path: Path) -> None:
    own.start()

    refused = _refused(tmp_path / "other", PORT=str(own.port))

    assert refused.returncode == 1
    assert f"PORT={own.port + 1} make run" in refused.stderr


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("PORT", "eighty", "write a whole number"),
        ("SEARCH_ENGINE", "google", "write one of: embedded, elasticsearch, dummy"),
        ("SEARCH_ENGINE", "elasticsearch", "needs ELASTICSEARCH_URL"),
        ("DATABASE_URL", "mysql://x", "write an address that begins with"),
        ("PROFILE", "demo", "write one of: embedded, production"),
    ],
)
def test_a_wrong_value_is_refused_with_what_to_write(tmp_path: Path, name: str, value: str, hint: str) -> None:
    refused = _refused(tmp_path, **{name: value})

    assert refused.returncode == 1
    assert name in refused.stderr
    assert hint in refused.stderr
    assert "Traceback" not in refused.stderr


def test_letters_lie_in_the_data_folder(own: Site) -> None:
    command = [sys.executable, "manage.py", "sendtestemail", "somebody@example.lt"]

    subprocess.run(command, cwd=ROOT, env=environment(own.data_dir), check=True, capture_output=True)

    letters = list((own.data_dir / "mail").iterdir())
    assert len(letters) == 1
    assert "somebody@example.lt" in letters[0].read_text()
