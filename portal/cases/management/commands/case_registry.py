"""`manage.py case_registry check`: whether the link to the case registry works, and how its words are read."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.cases.registries import registries
from portal.cases.registries.base import RegistryTrouble


class Command(BaseCommand):
    help = "The case registry that is linked: does it answer, what can it do, what is still to be set."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["check"])

    def handle(self, *args: Any, **options: Any) -> None:
        registry = registries.default
        try:
            lines = registry.report()
        except RegistryTrouble as trouble:
            raise CommandError(f"The registry does not do what we need: {trouble}") from trouble
        for line in lines:
            self.stdout.write(line)
        self.stdout.write(f"can: {', '.join(sorted(registry.capabilities()))}")
