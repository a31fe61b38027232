"""App of portal.core."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "portal.core"
    label = "core"

    def ready(self) -> None:
        from wagtail import whitelist
        from wagtail.admin.widgets import BaseChooser

        from portal.core import caching, csp, migrating, permissions, publishing, references  # noqa: F401  (its round)
        from portal.core.models import TranslatedContent

        whitelist.ALLOWED_URL_SCHEMES += references.SCHEMES  # else the editor takes our links out of every text

        caching.watch(TranslatedContent)
        BaseChooser.render = csp.with_nonce(BaseChooser.render)
        migrating.after_all(permissions.apply, name="core-permissions")
