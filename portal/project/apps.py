"""App of portal.project."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "portal.project"
    label = "project"

    def ready(self) -> None:
        from portal.project import checks, erasures, posts  # noqa: F401  (they register themselves)
