"""`manage.py check_links [--outside]`: links that lead nowhere. Other sites are asked only with `--outside`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kb import links


class Command(BaseCommand):
    help = "List links that lead nowhere; with --outside also links to other sites (asks each of them once)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--outside", action="store_true", help="also ask other sites")

    def handle(self, *args: Any, **options: Any) -> None:
        found = [*links.broken(), *(links.check_outside() if options["outside"] else ())]
        for one in found:
            self.stdout.write(f"{one.kind_label} {one.code} ({one.language}): {one.target} {one.why}".rstrip())
        if found:
            raise CommandError(f"{len(found)} links lead nowhere")
        self.stdout.write("every link leads somewhere")
