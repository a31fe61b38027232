"""App of portal.project."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "portal.project"
    label = "project"

    def ready(self) -> None:
        from portal.project import posts  # noqa: F401  (case workers' posts in the registry built in)
