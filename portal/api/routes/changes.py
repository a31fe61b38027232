"""What changed since when."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from portal.api import changes as noted
from portal.api.addresses import url_of
from portal.api.models import Change
from portal.api.paging import Moment, Part, next_part
from portal.api.schemas import changes

router = Router(tags=["changes"])


class Since(Part):
    """Which changes."""

    since: Moment | None = Field(default=None, description="Only later ones; a moment with its time zone.")
    kind: changes.KindName | None = Field(default=None, description="Only this kind.")


@router.get("/changes", response=changes.Changes)
def changed(request: HttpRequest, response: HttpResponse, asked: Query[Since]) -> Any:
    """New, changed and withdrawn entries, the oldest change first: what to fetch again and what to remove."""
    newest = noted.as_of()
    rows = noted.since(asked.since, asked.kind or "")
    count = rows.count()
    return {
        "items": [_said(row) for row in rows[asked.offset : asked.offset + asked.limit]],
        "count": count,
        "next": next_part(request, response, asked, count),
        "as_of": newest,
    }


def _said(row: Change) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "code": row.code,
        "changed_at": row.changed_at,
        "is_gone": row.is_gone,
        "url": None if row.is_gone else url_of(row),
    }
