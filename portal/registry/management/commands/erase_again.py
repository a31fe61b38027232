"""`manage.py erase_again`: after a backup was restored, erase once more whoever was erased since it was made."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from portal.registry.law import erasing


class Command(BaseCommand):
    help = "Erase again the recipients that were erased after the restored backup was made (DATA_DIR/erased.jsonl)."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{erasing.erase_again()}")
