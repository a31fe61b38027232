"""`manage.py count_months`: count the months behind the managers' pages anew, all or `--since 2026-01-01`."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.core import clock
from portal.dashboard import counting


class Command(BaseCommand):
    help = "Count the months behind the managers' pages anew. Counting twice changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--since", type=dt.date.fromisoformat, help="a day in the first month to count")

    def handle(self, *args: Any, **options: Any) -> None:
        since = options["since"] or counting.first_record() or clock.today()
        counted = counting.count(since=since)
        if options["verbosity"]:
            self.stdout.write(f"{counted} months since {since}")
