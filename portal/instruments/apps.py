"""App of portal.instruments."""

from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    name = "portal.instruments"
    label = "instruments"
