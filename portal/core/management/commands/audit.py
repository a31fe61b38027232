"""`manage.py audit verify|seal`: whether the audit is as it was written."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.core import audit_chain


class Command(BaseCommand):
    help = "Check the audit's seals, or seal new rows now."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("deed", choices=["verify", "seal"])

    def handle(self, *args: Any, deed: str, **options: Any) -> None:
        if deed == "seal":
            audit_chain.seal()
            return
        broken = audit_chain.verify()
        if broken:
            raise CommandError(f"Changed since they were sealed: {', '.join(map(str, broken))}")
        self.stdout.write("Every seal fits.")
