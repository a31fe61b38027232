"""App of portal.dashboard."""

from django.apps import AppConfig


class DashboardConfig(AppConfig):
    name = "portal.dashboard"
    label = "dashboard"

    def ready(self) -> None:
        from portal.dashboard import measure  # noqa: F401  (the nightly round)
