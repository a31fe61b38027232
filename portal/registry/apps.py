"""App of portal.registry."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    name = "portal.registry"
    label = "registry"

    def ready(self) -> None:
        from portal.core import staff
        from portal.registry.posts import holds_post
        from portal.registry.questions import letters, watching  # noqa: F401  (letters: its round)

        watching.begin()
        staff.register("registry:cases", _("Case registry"), may=holds_post, order=30)
