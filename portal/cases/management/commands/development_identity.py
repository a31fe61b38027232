"""`manage.py development_identity`: an identity provider with invented people, for trying the sign-in out."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.cases.signin.development import DevelopmentProvider, NotHere


class Command(BaseCommand):
    help = "Run a small identity provider with invented people. Refused with PROFILE=production."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8361)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            provider = DevelopmentProvider(options["port"])
        except NotHere as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"Start the portal with OIDC_ISSUER={provider.issuer} OIDC_CLIENT_ID=parama. Stop with Ctrl+C."
        )
        try:
            provider.serve()
        except KeyboardInterrupt:
            provider.stop()
