"""App of the API."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "portal.api"
    label = "api"

    def ready(self) -> None:
        from portal.api import changes, downloads, offered  # noqa: F401  (their rounds)
        from portal.core import offers

        offers.register("api", offered.offers)
