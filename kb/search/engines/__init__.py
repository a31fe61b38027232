"""Search engines: one port, several implementations, chosen by the setting SEARCH. Nobody imports a concrete one."""

from kb.search.engines.base import SearchEngine
from portal.core.backends import Backends

engines: Backends[SearchEngine] = Backends("SEARCH", SearchEngine)  # type: ignore[type-abstract]
