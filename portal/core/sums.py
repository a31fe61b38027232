"""Sums of money as the reader's language writes them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

NARROW = "\N{NO-BREAK SPACE}"


def in_euros(amount: Decimal, language: str) -> str:
    """lt, ru, uk `1 165 €`, `582,50 €` · en `€1,165`, `€582.50`; never broken at a line's end."""
    exact = amount.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    places = 0 if exact == exact.to_integral() else 2
    english = f"{exact:,.{places}f}"
    if language == "en":
        return f"€{english}"
    return english.replace(",", NARROW).replace(".", ",") + f"{NARROW}€"
