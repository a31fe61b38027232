"""App of kb."""

from django.apps import AppConfig


class KbConfig(AppConfig):
    name = "kb"

    def ready(self) -> None:
        from kb import permissions  # noqa: F401  (the roles' groups)
        from kb.search import start

        start.start()
