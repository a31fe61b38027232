"""`make bench-registry`: the registry over a million services given and more, on PostgreSQL.

A city of ten departments, 300 workers and 5,000 recipients; some are visited far more often than others. The visits of
two years are made by the database itself, two services each. Every function runs three times; the middle one counts.
Writes build/bench/registry.json (rows {records, function, seconds, memory_mb}); exit status 1 over a limit.
`--records 1000000,3000000`: other numbers.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.bench.server import variables
from tests.site import ROOT

RESULT = ROOT / "build" / "bench" / "registry.json"
DEPARTMENTS, WORKERS, PEOPLE, DAYS = 10, 300, 5000, 730
GROWTH = 1.5
LIMITS = {
    "acts of one worker": 2.0,
    "acts of all": 600.0,
    "worker report": 2.0,
    "department report": 5.0,
    "due list": 2.0,
    "question": 10.0,
    "question of one person": 2.0,
    "documents": 180.0,
    "care plan": 2.0,
}
OF_ONE = ("acts of one worker", "worker report", "due list", "question of one person", "documents", "care plan")


@dataclass(frozen=True)
class Row:
    """One function over so many services given."""

    records: int
    function: str
    seconds: float
    memory_mb: int


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", default="1000000,3000000,10000000")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    numbers = sorted(int(each) for each in given.records.split(","))
    if given.inside:
        return _inside(numbers)
    database = os.environ.get("POSTGRES_URL", "")
    if not database:
        print("POSTGRES_URL is empty: run `make bench-registry`, it starts a PostgreSQL of its own.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="parama-bench-") as folder:
        env = variables(Path(folder) / "var", DATABASE_URL=database, DJANGO_SETTINGS_MODULE="tests.bench.settings")
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=env, check=True)
        command = [sys.executable, "-m", "tests.bench.registry", "--inside", f"--records={given.records}"]
        return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode


def _inside(numbers: list[int]) -> int:
    import django

    django.setup()
    from portal.registry.questions import counted
    from tests.bench.registry_city import furnish, visit

    furnish(departments=DEPARTMENTS, workers=WORKERS, people=PEOPLE, days=DAYS)
    rows: list[Row] = []
    made = 0
    for records in numbers:
        began = time.perf_counter()
        visit(made // 2, records // 2, days=DAYS)
        loaded = time.perf_counter()
        months = counted.count_all()
        print(
            f"{records:>9} loaded in {loaded - began:.0f} s, {months} months counted in "
            f"{time.perf_counter() - loaded:.0f} s",
            flush=True,
        )
        made = records
        rows += [_measured(records, name, deed) for name, deed in _functions().items()]
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps([asdict(row) for row in rows], indent=1))
    over = [row for row in rows if _over(row, rows)]
    for row in rows:
        mark = "  OVER" if row in over else ""
        print(f"{row.records:>9} {row.function:<22} {row.seconds:>8.2f} s {row.memory_mb:>5} MB{mark}")
    for name in OF_ONE:
        seconds = [row.seconds for row in rows if row.function == name]
        if len(seconds) > 1:
            kept = "within" if seconds[-1] <= GROWTH * max(seconds[0], 0.05) else "OVER"
            print(f"{name}: grew {seconds[-1] / max(seconds[0], 0.001):.2f} ×, {kept} {GROWTH} ×")
    return 1 if over else 0


def _functions() -> dict[str, Callable[[], Any]]:
    from django.db import transaction

    from portal.core.models import User
    from portal.registry.models import Post, Recipient
    from portal.registry.months import actions
    from portal.registry.months.counting import count
    from portal.registry.months.selectors import acts_of, totals
    from portal.registry.reports import counting
    from portal.registry.reports.due import due

    first = (dt.date.today().replace(day=1) - dt.timedelta(days=1)).replace(day=1)  # noqa: DTZ011  (no clock to stop)
    head = Post.objects.get(user__username="bench-head")
    worker = User.objects.get(username="bench-1")
    department = "Department 1"
    # One who is visited as often as most are, not the one visited most.
    person = Recipient.objects.filter(worker__user=worker).order_by("pk").values_list("pk", flat=True)[8]

    def acts_of_one() -> None:
        for pk in Recipient.objects.filter(worker__user=worker).values_list("pk", flat=True):
            count(department, first, recipient=pk)

    def acts_of_all() -> None:
        with transaction.atomic():
            for number in range(DEPARTMENTS):
                month = actions.prepare(f"Department {number}", first, by=head)
                totals(acts_of(month))
            transaction.set_rollback(True)

    return {
        "acts of one worker": acts_of_one,
        "acts of all": acts_of_all,
        "worker report": lambda: counting.of_worker(department, worker, first),
        "department report": lambda: counting.of_department(department, first),
        "due list": lambda: due(head),
        "question": lambda: [_asked(head, words) for words in QUESTIONS],
        "question of one person": lambda: _asked(head, OF_A_PERSON | {"person": str(person)}),
        "documents": lambda: _documents(person),
        "care plan": lambda: _care_plan(person, head),
    }


# The worst of each kind: two years of everything, by what is known of people, by an hour that no month is counted for.
TODAY = dt.date.today()  # noqa: DTZ011  (no clock to stop)
TWO_YEARS = {"period": "own", "since": str(TODAY - dt.timedelta(days=DAYS - 1)), "until": str(TODAY)}
QUESTIONS: tuple[dict[str, str], ...] = (
    {"measure": "people", "by": "month", "then": "language", **TWO_YEARS},
    {"measure": "worth", "by": "service", **TWO_YEARS},
    {"measure": "visits", "by": "district", "of": "late", "of2": "aged_80", **TWO_YEARS},
    {"measure": "planned", "by": "worker", **TWO_YEARS},
    {"measure": "unvisited", "by": "person", "period": "this_month", "days": "30"},
    {"measure": "to_visit", "by": "quarter", **TWO_YEARS},
    {"measure": "load", "by": "week", "then": "department", "days": "60"},
)
OF_A_PERSON = {"measure": "hours", "by": "month", **TWO_YEARS}


def _asked(head: Any, words: dict[str, str]) -> Any:
    from portal.registry.questions.answer import answer
    from portal.registry.questions.asking import QuestionForm

    form = QuestionForm(words, post=head)
    if not form.is_valid():
        raise ValueError(form.errors)
    began = time.perf_counter()
    found = answer(form.question, form.reach)
    print(f"    {words['measure']} by {words['by']}: {time.perf_counter() - began:.2f} s", flush=True)
    return found


def _documents(person: int) -> None:
    """Contract, programme and notice of one person, filled from what is known; nothing is kept."""
    from portal.registry.models import Programme
    from portal.registry.papers import facts
    from portal.registry.papers.filling import fill
    from tests.portal.registry.papers.files import docx

    programme = Programme.objects.select_related("recipient", "worker__user", "case", "rule").get(recipient=person)
    with tempfile.TemporaryDirectory(prefix="parama-bench-") as folder:
        path = Path(folder) / "template.docx"
        path.write_bytes(docx("{{ number }} {{ person.name }} {{ programme.since }} {{ today }}"))
        for number in range(3):
            data = facts.of(programme, language="lt") | {"number": str(number)}
            fill(path, data, known=facts.SAMPLE)


def _care_plan(person: int, head: Any) -> None:
    """The proposal of one person's week; nothing is kept."""
    from django.db import transaction

    from portal.registry.models import Programme
    from portal.registry.plans import actions

    with transaction.atomic():
        actions.draft(Programme.objects.get(recipient=person), by=head)
        transaction.set_rollback(True)


def _measured(records: int, name: str, deed: Callable[[], Any]) -> Row:
    times = []
    for _ in range(3):
        began = time.perf_counter()
        deed()
        times.append(time.perf_counter() - began)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Row(records, name, round(statistics.median(times), 3), memory)


def _over(row: Row, rows: list[Row]) -> bool:
    few = next(each for each in rows if each.function == row.function)
    grown = row.function in OF_ONE and row.records > few.records and row.seconds > GROWTH * max(few.seconds, 0.05)
    return grown or row.seconds > LIMITS[row.function]


if __name__ == "__main__":
    sys.exit(main())
