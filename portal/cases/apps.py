"""App of portal.cases."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "portal.cases"
    label = "cases"

    def ready(self) -> None:
        from portal.cases import asking, linking, outbox  # noqa: F401  (health, and the rounds of background work)
