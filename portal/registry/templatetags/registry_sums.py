"""Sums of the registry: whole cents in the tables, euros on the page."""

from __future__ import annotations

from decimal import Decimal

from django import template

from portal.core.languages import current
from portal.core.sums import in_euros

register = template.Library()


@register.filter
def cents(value: int | None) -> str:
    """123456 → `1 234,56 €` as the page's language writes it; a dash when there is none."""
    return "–" if value is None else in_euros(Decimal(value) / 100, current())
