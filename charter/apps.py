"""App of the charter."""

from django.apps import AppConfig


class CharterConfig(AppConfig):
    name = "charter"

    def ready(self) -> None:
        from charter import context, permissions  # noqa: F401  (the municipality on every page, the roles' groups)
        from charter.models import BaseAmount, CharterLine, Holiday, Measurement, Municipality, WorkingHours
        from portal.core.caching import watch

        watch(BaseAmount, CharterLine, Holiday, Measurement, Municipality, WorkingHours)
