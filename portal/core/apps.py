"""App of portal.core."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "portal.core"
    label = "core"

    def ready(self) -> None:
        from wagtail.admin.widgets import BaseChooser

        from portal.core import caching, csp, permissions
        from portal.core.models import TranslatedContent

        caching.watch(TranslatedContent)
        BaseChooser.render = csp.with_nonce(BaseChooser.render)
        post_migrate.connect(permissions.apply)
