"""Parts of addresses."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import Http404
from ninja import Path

Code = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,40}$", description="The entry's code.")]


def one(found: list[dict[str, Any]]) -> dict[str, Any]:
    """The only one. Raises Http404 when there is none."""
    if not found:
        raise Http404
    return found[0]
