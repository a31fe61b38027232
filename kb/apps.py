"""App of kb."""

from django.apps import AppConfig


class KbConfig(AppConfig):
    name = "kb"

    def ready(self) -> None:
        from kb import permissions, references  # noqa: F401  (they register what they have)
        from kb.search import start

        start.start()
