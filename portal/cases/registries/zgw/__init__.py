"""Registries that speak the ZGW APIs (Zaken, Catalogi, Documenten), such as Open Zaak."""

from portal.cases.registries.zgw.adapter import ZgwRegistry

__all__ = ["ZgwRegistry"]
