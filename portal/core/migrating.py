"""What is filled from the code once every table is there.

Django sends `post_migrate` for each app, thirty times a migration; a table of permissions filled each time costs as
much as the migrations of a whole app.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


def after_all(fill: Callable[[], object], *, name: str) -> None:
    """Ask `fill` at the end of each migration, when all apps have their tables; each `name` once."""

    def asked(app_config: AppConfig, **_: Any) -> None:
        if app_config is _last():
            fill()

    post_migrate.connect(asked, weak=False, dispatch_uid=name)


def _last() -> AppConfig:
    return [app for app in apps.get_app_configs() if app.models_module is not None][-1]
