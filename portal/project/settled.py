"""A server that has loaded what it serves with: the collector of unused memory lets all that alone.

Otherwise it walks through the half million objects of the code again and again: 7 % of the processor time of a page.
"""

from __future__ import annotations

import gc

from django.urls import get_resolver

# Python's own 700 interrupt each page a dozen times; and what grew old is templates and queries that stay.
YOUNG, MIDDLE, OLD = 20_000, 10, 100


def settle() -> None:
    """Load every address and its views, then count what is there as lasting. For servers, before the first request."""
    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
