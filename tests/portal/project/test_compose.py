"""The production shape: every process is there, none as root, secrets come from outside."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from portal.project.env import TABLE

ROOT = Path(__file__).resolve().parents[3]
OURS = ("prepare", "pages", "sockets", "worker", "schedule")
GIVEN = dict.fromkeys(("SECRET_KEY", "FIELD_KEYS", "SITE_HOST", "POSTGRES_PASSWORD", "EMAIL_URL"), "x")


@pytest.fixture(scope="module")
def shape() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return loaded


def test_every_process_and_service_is_there(shape: dict[str, Any]) -> None:
    assert set(shape["services"]) == {*OURS, "proxy", "database", "redis", "elasticsearch"}


def test_what_answers_says_whether_it_is_well(shape: dict[str, Any]) -> None:
    for name in ("proxy", "pages", "sockets", "database", "redis", "elasticsearch"):
        assert "healthcheck" in shape["services"][name], name


def test_our_processes_get_only_variables_that_exist_and_no_secret_is_written_down(shape: dict[str, Any]) -> None:
    known = {row.name for row in TABLE}
    for name in OURS:
        environment = shape["services"][name]["environment"]
        assert set(environment) <= known
        assert all(environment[secret].startswith("${") for secret in ("SECRET_KEY", "FIELD_KEYS"))


def test_nothing_of_ours_runs_as_root() -> None:
    lines = (ROOT / "Dockerfile").read_text().splitlines()

    assert "USER parama" in lines
    assert lines.index("USER parama") > max(number for number, line in enumerate(lines) if line.startswith("COPY"))


def test_sockets_and_long_polls_go_to_the_processes_that_can_wait() -> None:
    proxy = (ROOT / "deploy" / "Caddyfile").read_text()

    assert "path /ws/*" in proxy
    assert proxy.index("reverse_proxy sockets:8000") < proxy.index("reverse_proxy pages:8000")


def test_the_client_accepts_it() -> None:
    if not shutil.which("docker") or subprocess.run(["docker", "compose", "version"], capture_output=True).returncode:
        pytest.skip("THE DOCKER CLIENT WITH ITS COMPOSE PLUGIN IS NOT HERE")
    command = ["docker", "compose", "config", "--quiet"]

    for given in (GIVEN, {}):  # without secrets too: our own processes refuse them empty, and say what to write
        done = subprocess.run(command, cwd=ROOT, env=os.environ | given, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
