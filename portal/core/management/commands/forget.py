"""`manage.py forget`: erase now what the retention rows say is due."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from portal.core import retention


class Command(BaseCommand):
    help = "Erase what is older than its retention row allows."

    def handle(self, *args: Any, **options: Any) -> None:
        for label, count in retention.forget_what_is_due().items():
            self.stdout.write(f"{label}: {count}")
