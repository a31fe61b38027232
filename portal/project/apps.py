"""App of portal.project."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "portal.project"
    label = "project"
