"""App of the charter."""

from django.apps import AppConfig


class CharterConfig(AppConfig):
    name = "charter"

    def ready(self) -> None:
        from charter import context, permissions  # noqa: F401  (the municipality on every page, the roles' groups)
