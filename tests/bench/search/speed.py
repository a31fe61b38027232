"""How long a search takes on the running site, request to response, one after another, with many articles."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import psutil
import psycopg

from tests.bench.server import Gunicorn, variables
from tests.site import ROOT, Site, prepared

SIZES = (1_000, 10_000, 100_000)
SERVERS = ("production", "embedded-run")
WARM = 100
PATHS = {"search": "search/", "suggest": "search/suggest/"}
Get = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of request to one server. `build_s`: processor seconds; memory is that of the process that answers."""

    what: str
    articles: int
    engine: str
    server: str
    database: str
    queries: int
    p50_ms: float
    p95_ms: float
    cpu_ms: float
    memory_mb: float
    index_mb: float
    build_s: float


def measure(articles: int, *, servers: Sequence[str]) -> list[Row]:
    """Both servers on the demonstration city with so many articles more; production on PostgreSQL where it is here."""
    with tempfile.TemporaryDirectory(prefix="parama-bench-") as place, ExitStack() as ending:
        folder = prepared(Path(place) / "embedded-run")
        print(f"· {articles} articles are made and indexed", file=sys.stderr, flush=True)
        built = json.loads(_run("crowd", folder, str(articles)))
        asked = json.loads(_run("questions", folder, str(articles)))
        rows: list[Row] = []
        for server in servers:
            print(f"· {articles} articles, {server}", file=sys.stderr, flush=True)
            get, pid, database = _started(server, folder, articles, ending)
            for what, questions in asked.items():
                figures = _ask(what, [tuple(one) for one in questions], get, pid)
                rows.append(Row(what, articles, "embedded", server, database, len(questions) - WARM, *figures, **built))
            ending.pop_all().close()
        return rows


def _started(server: str, folder: Path, articles: int, ending: ExitStack) -> tuple[Get, int, str]:
    """How to ask, the process that answers, and its database."""
    if server == "embedded-run":
        site = ending.enter_context(Site(folder))
        line = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
        return lambda path: _get(line, path), site.pid, "sqlite"
    url, log = _new_database(), folder.with_name("production.log")
    if url:
        folder = _on_postgresql(folder, url, articles)
    env = variables(folder, DATABASE_URL=url, DJANGO_SETTINGS_MODULE="tests.bench.settings")
    gunicorn = ending.enter_context(Gunicorn("portal.project.wsgi:application", log=log, env=env))
    return gunicorn.get, gunicorn.worker, "postgresql" if url else "sqlite"


def _new_database() -> str:
    """Address of an empty database on the PostgreSQL of this run; nothing without one."""
    server = os.environ.get("POSTGRES_URL", "")
    if not server:
        return ""
    name = f"bench_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(server, autocommit=True) as line:
        line.execute(f'CREATE DATABASE "{name}"')
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def _on_postgresql(folder: Path, url: str, articles: int) -> Path:
    """A folder of its own with the same index; the same content in the other database."""
    own = folder.with_name("production")
    own.mkdir()
    env = variables(own, DATABASE_URL=url)
    subprocess.run(
        [sys.executable, "-m", "portal.project.prepare"], cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL
    )
    _run("crowd", own, str(articles), "--no-index", DATABASE_URL=url)
    shutil.rmtree(own / "search", ignore_errors=True)
    shutil.copytree(folder / "search", own / "search")
    return own


def _run(program: str, folder: Path, *arguments: str, **given: str) -> str:
    command = [sys.executable, "-m", f"tests.bench.search.{program}", *arguments]
    env = variables(folder, DJANGO_SETTINGS_MODULE="tests.bench.settings", **given)
    return subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout


def _ask(what: str, questions: Sequence[tuple[str, ...]], get: Get, pid: int) -> tuple[float, float, float, float]:
    """p50, p95, mean processor time in ms, and MB of memory; the first questions warm up."""
    times: list[float] = []
    before = 0.0
    for number, (language, text) in enumerate(questions):
        path = f"/{language}/{PATHS[what]}?{urlencode({'q': text})}"
        if number == WARM:
            before = _at_rest(pid)
        began = time.perf_counter()
        if get(path) != 200:
            raise RuntimeError(f"{path} did not answer with 200")
        if number >= WARM:
            times.append((time.perf_counter() - began) * 1000)
    cpu = (_cpu(pid) - before) * 1000 / len(times)
    p95 = statistics.quantiles(times, n=20)[-1]
    memory = psutil.Process(pid).memory_info().rss / 1e6
    return round(statistics.median(times), 2), round(p95, 2), round(cpu, 2), round(memory, 1)


def _cpu(pid: int) -> float:
    """Processor seconds of a process so far, threads that have ended included."""
    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)


def _at_rest(pid: int) -> float:
    """The processor seconds of the server so far, when it has done what the first questions have set going."""
    before = _cpu(pid)
    for _ in range(120):
        time.sleep(0.5)
        now = _cpu(pid)
        if now - before < 0.02:
            break
        before = now
    return _cpu(pid)


def _get(line: http.client.HTTPConnection, path: str) -> int:
    try:
        line.request("GET", path, headers={"User-Agent": "Mozilla/5.0"})
        answer = line.getresponse()
    except (http.client.RemoteDisconnected, ConnectionResetError):  # it was kept open while the server came to rest
        line.close()
        return _get(line, path)
    answer.read()
    return answer.status
