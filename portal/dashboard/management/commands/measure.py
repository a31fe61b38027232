"""`manage.py measure`: measure the promises now; `--since 2026-01-01` goes further back than the nightly round."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.core import clock
from portal.dashboard.measure import DAYS_BACK, measure


class Command(BaseCommand):
    help = "Measure the promises from what was recorded. Measuring twice writes nothing new."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--since", type=dt.date.fromisoformat, help="a day in the first month to measure")

    def handle(self, *args: Any, **options: Any) -> None:
        since = options["since"] or clock.today() - dt.timedelta(days=DAYS_BACK)
        measured = measure(since=since)
        if options["verbosity"]:
            self.stdout.write(f"{measured} figures since {since}")
