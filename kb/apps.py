"""App of kb."""

from django.apps import AppConfig


class KbConfig(AppConfig):
    name = "kb"

    def ready(self) -> None:
        from kb import moved, permissions, references, watching  # noqa: F401  (they register what they have)
        from kb.gaps import closing, signs  # noqa: F401  (what they listen to, and their round)
        from kb.search import start
        from kb.translating import sources

        start.start()
        sources.watch()
