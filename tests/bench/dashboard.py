"""`make bench-dashboard`: the managers' pages over half a million and five million events, on PostgreSQL.

Events are contacts with their wrap-ups, searches, ratings, votes and appeals of fifteen months, made by the database;
then the months are counted anew (`rebuild_s`), then the running month alone (`day_s`), with the memory of the process.
Pages are asked for through gunicorn by a signed-in manager: `first_ms` is the first answer of a fresh server,
`filter_p95_ms` the 95th percentile over every filter. Writes build/bench/dashboard.json; exit status 1 over a limit.
`--events 500000,5000000`: other numbers.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path

from tests.bench.server import Gunicorn, variables
from tests.site import ROOT

RESULT = ROOT / "build" / "bench" / "dashboard.json"
FIRST_MS, FILTER_MS, GROWTH, REBUILD_S = 1000.0, 300.0, 1.5, 300.0
# Each sheet with what it breaks down by; named here, since a measurement starts no Django of its own.
SHEETS = {
    "charter": ("area", "institution"),
    "satisfaction": ("service", "institution", "channel", "language"),
    "consultations": ("language", "channel", "topic", "institution"),
    "knowledge": ("language", "topic", "institution"),
    "appeals": ("kind", "service", "institution", "channel", "language"),
    "improvements": ("origin", "institution"),
}
PAGES = {
    "overview": "/en/dashboard/",
    "promises": "/en/dashboard/promises/",
    **{code: f"/en/dashboard/sheets/{code}/" for code in SHEETS},
}


@dataclass(frozen=True)
class Row:
    """One page over so many events."""

    events: int
    page: str
    first_ms: float
    filter_p95_ms: float
    rebuild_s: float
    day_s: float
    memory_mb: float


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", default="500000,5000000")
    numbers = [int(each) for each in parser.parse_args().events.split(",")]
    database = os.environ.get("POSTGRES_URL", "")
    if not database:
        print("POSTGRES_URL is empty: run `make bench-dashboard`, it starts a PostgreSQL of its own.", file=sys.stderr)
        return 1
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="parama-bench-") as folder:
        env = variables(Path(folder) / "var", DATABASE_URL=database, DJANGO_SETTINGS_MODULE="tests.bench.settings")
        subprocess.run([sys.executable, "-m", "portal.project.prepare"], cwd=ROOT, env=env, check=True)
        made = 0
        for events in sorted(numbers):
            _make(env, events - made)
            made = events
            rows += _measure(Path(folder), env, events)
    _report(rows)
    return 1 if any(_over(row, rows) for row in rows) else 0


def _measure(folder: Path, env: dict[str, str], events: int) -> list[Row]:
    rebuild_s, memory_mb = _counted(env, "--since=2000-01-01")
    day_s, _memory = _counted(env, f"--since={time.strftime('%Y-%m-%d')}")
    session = subprocess.check_output(
        [sys.executable, "-m", "tests.bench.session", "manager"], cwd=ROOT, env=env, text=True
    ).strip()
    found = []
    for page, path in PAGES.items():
        log = RESULT.with_name(f"dashboard-{page}.log")
        RESULT.parent.mkdir(parents=True, exist_ok=True)
        with Gunicorn("portal.project.wsgi:application", log=log, env=env) as server:
            server.cookie = session
            first = _timed(server, path)
            times = [_timed(server, path + query) for query in _filters(page)]
        p95 = statistics.quantiles(times, n=20)[-1]
        found.append(
            Row(events, page, round(first, 1), round(p95, 1), round(rebuild_s, 1), round(day_s, 2), round(memory_mb))
        )
    return found


def _filters(page: str) -> Iterator[str]:
    """Every period with every breakdown, and each office by itself; the plain page again where there are none."""
    if page == "promises":
        yield from ("" for _ in range(20))
        return
    dimensions = SHEETS.get(page, ("service", "institution", "channel", "language"))
    year = time.localtime().tm_year
    periods = [f"{year}-{month:02d}" for month in range(1, 12)] + [f"{year}-Q{quarter}" for quarter in range(1, 5)]
    for period, by in product(periods, dimensions):
        yield f"?period={period}&by={by}"
    for period, office in product(periods, ("kspc", "dane")):
        yield f"?period={period}&institution={office}"


def _timed(server: Gunicorn, path: str) -> float:
    """Milliseconds from the request to the end of the answer."""
    began = time.perf_counter()
    status = server.get(path)
    if status != 200:
        raise RuntimeError(f"{path} answered with {status}")
    return (time.perf_counter() - began) * 1000


def _counted(env: dict[str, str], since: str) -> tuple[float, float]:
    """(seconds, largest memory in MB) of counting months in a process of its own."""
    code = (
        "import resource, sys, time, django; django.setup(); from django.core.management import call_command; "
        "began = time.perf_counter(); call_command('count_months', sys.argv[1], verbosity=0); "
        "print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    seconds, memory = subprocess.check_output([sys.executable, "-c", code, since], cwd=ROOT, env=env, text=True).split()
    return float(seconds), float(memory)


def _make(env: dict[str, str], events: int) -> None:
    """Add so many events, spread over the months."""
    subprocess.run([sys.executable, "-m", "tests.bench.dashboard_city", str(events)], cwd=ROOT, env=env, check=True)


def _over(row: Row, rows: list[Row]) -> bool:
    few = next(each for each in rows if each.page == row.page)
    grown = row.events > few.events and (
        row.first_ms > GROWTH * few.first_ms or row.filter_p95_ms > GROWTH * few.filter_p95_ms
    )
    return grown or row.first_ms > FIRST_MS or row.filter_p95_ms > FILTER_MS or row.rebuild_s > REBUILD_S


def _report(rows: list[Row]) -> None:
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps([asdict(row) for row in rows], indent=1))
    print(f"{'events':>9} {'page':<14} {'first ms':>9} {'p95 ms':>8} {'rebuild s':>10} {'day s':>7} {'MB':>6}")
    for row in rows:
        mark = "  OVER" if _over(row, rows) else ""
        print(
            f"{row.events:>9} {row.page:<14} {row.first_ms:>9} {row.filter_p95_ms:>8} {row.rebuild_s:>10} "
            f"{row.day_s:>7} {row.memory_mb:>6}{mark}"
        )


if __name__ == "__main__":
    sys.exit(main())
