"""Which case registry is linked: chosen by CASE_REGISTRIES; nobody else names one."""

from portal.cases.registries.base import CaseRegistry
from portal.core.backends import Backends

registries: Backends[CaseRegistry] = Backends("CASE_REGISTRIES", CaseRegistry)  # type: ignore[type-abstract]

__all__ = ["CaseRegistry", "registries"]
