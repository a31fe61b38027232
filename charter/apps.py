"""App of the charter."""

from django.apps import AppConfig


class CharterConfig(AppConfig):
    name = "charter"

    def ready(self) -> None:
        from charter import context  # noqa: F401  (puts the municipality into every page)
