"""`manage.py rotate_field_key`: from now on tablets seal to a new key; what was sealed to earlier ones still opens."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from portal.registry.field import keys


class Command(BaseCommand):
    help = "Make a new key that tablets seal their records to."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(keys.rotate().public_id)
