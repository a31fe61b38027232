"""A town's IT person starts the production shape: the same processes as in docker-compose.yml, without containers."""

from __future__ import annotations

import http.client
import json
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests import database
from tests.services.base import free_port
from tests.site import ROOT, environment

HOST = "parama.example"
THROUGH_THE_PROXY = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}


class Processes:
    """Pages, sockets, worker and schedule, with addresses of the first two."""

    def __init__(self, env: dict[str, str], folder: Path) -> None:
        self.pages, self.sockets = free_port(), free_port()
        listen = f"portal.project.listen --port={self.sockets} --workers=2"
        gunicorn = f"gunicorn portal.project.wsgi:application --bind=127.0.0.1:{self.pages} --workers=2"
        commands = (
            f"-m {gunicorn} --no-control-socket",
            f"-m {listen}",
            "manage.py db_worker",
            "manage.py run_schedule",
        )
        self.log = folder / "processes.log"
        with self.log.open("wb") as log:
            self.running = [
                subprocess.Popen([sys.executable, *line.split()], cwd=ROOT, env=env, stdout=log, stderr=log)
                for line in commands
            ]

    def wait(self) -> None:
        until = time.monotonic() + 90
        for port in (self.pages, self.sockets):
            while self.status(port, "/health/ready", Host=HOST)[0] != 200:
                assert time.monotonic() < until, self.log.read_text()[-4000:]
                time.sleep(0.2)

    def status(self, port: int, path: str, **headers: str) -> tuple[int, str, str]:
        """Status, place it sends to, text; 0 while nobody answers."""
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            line.request("GET", path, headers=headers)
            answer = line.getresponse()
            return answer.status, answer.getheader("Location", ""), answer.read().decode()
        except OSError:
            return 0, "", ""
        finally:
            line.close()

    def stop(self) -> list[int]:
        for process in self.running:
            process.send_signal(signal.SIGTERM)
        return [process.wait(timeout=30) for process in self.running]


@pytest.fixture(scope="module")
def processes(
    tmp_path_factory: pytest.TempPathFactory, postgres_url: str, redis_url: str, elasticsearch_url: str
) -> Iterator[Processes]:
    folder = tmp_path_factory.mktemp("production")
    database.copy_on_postgresql(postgres_url, "parama_production")
    env = environment(
        folder / "var",
        PROFILE="production",
        SECRET_KEY=secrets.token_urlsafe(50),
        FIELD_KEYS=secrets.token_urlsafe(50),
        SITE_URL=f"https://{HOST}",
        ALLOWED_HOSTS=HOST,
        DATABASE_URL=urlsplit(postgres_url)._replace(path="/parama_production").geturl(),
        REDIS_URL=redis_url,
        CHANNEL_LAYER="redis",
        SEARCH_ENGINE="elasticsearch",
        ELASTICSEARCH_URL=elasticsearch_url,
        EMAIL_URL="smtp://127.0.0.1:2525",
        PROXIES="1",
    )
    subprocess.run([sys.executable, "-m", "portal.project.prepare"], cwd=ROOT, env=env, check=True)
    started = Processes(env, folder)
    try:
        started.wait()
        yield started
    finally:
        ends = started.stop()
    assert "Traceback" not in started.log.read_text()
    assert set(ends) <= {0, -signal.SIGTERM}


def test_both_kinds_of_servers_are_ready_and_name_their_parts(processes: Processes) -> None:
    for port in (processes.pages, processes.sockets):
        status, _place, text = processes.status(port, "/health/ready", Host=HOST)
        assert status == 200
        assert json.loads(text)["parts"]["database"] == {"ok": True, "state": "postgresql"}


def test_a_page_comes_through_the_proxy(processes: Processes) -> None:
    status, _place, text = processes.status(processes.pages, "/lt/", **THROUGH_THE_PROXY)

    assert status == 200
    assert '<html lang="lt"' in text


def test_whoever_comes_without_https_is_sent_there(processes: Processes) -> None:
    status, place, _text = processes.status(processes.pages, "/lt/", Host=HOST)

    assert (status, place) == (301, f"https://{HOST}/lt/")


def test_another_host_name_is_refused(processes: Processes) -> None:
    assert processes.status(processes.pages, "/lt/", Host="evil.example")[0] == 400


def test_all_four_processes_are_alive(processes: Processes) -> None:
    assert [process.poll() for process in processes.running] == [None] * 4
