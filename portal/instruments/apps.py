"""App of portal.instruments."""

from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    name = "portal.instruments"
    label = "instruments"

    def ready(self) -> None:
        from portal.core.caching import watch
        from portal.instruments.models import Instrument, Version

        watch(Instrument, Version)
