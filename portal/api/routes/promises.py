"""The charter, its versions, standards and measurements."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from portal.api import charter
from portal.api.kinds import KINDS, MEASUREMENTS
from portal.api.paging import Followed, Language, Spoken, followed, listed, with_moments
from portal.api.routes.parameters import Code, one
from portal.api.schemas import common, promises

router = Router(tags=["promises"])


class Measured(Followed):
    """Which measurements."""

    standard: str | None = Field(default=None, max_length=40, description="Code of a standard.")
    institution: str | None = Field(
        default=None, max_length=40, description="Code of an institution; `city`: the whole city only."
    )
    period: str | None = Field(default=None, pattern=r"^\d{4}-Q[1-4]$", description="A quarter: `2026-Q3`.")

    def takes(self, row: dict[str, Any]) -> bool:
        return (
            self.standard in (None, row["standard"])
            and self.institution in (None, row["institution"] or "city")
            and self.period in (None, row["period"])
        )


class Told(Schema):
    """In which language."""

    language: Language = "lt"


@router.get("/charter", response=promises.Charter)
def charter_in_force(request: HttpRequest, asked: Query[Spoken]) -> Any:
    """The charter in force, with its promises, their standards and what was measured."""
    found = charter.in_force(asked.only)
    if found is None:
        raise Http404
    with_moments("charters", [found])
    return found


@router.get("/charters", response=common.Followed[promises.CharterVersion])
def charters(request: HttpRequest, response: HttpResponse, asked: Query[Followed]) -> Any:
    """All versions of the charter, the newest first."""
    return listed(request, response, KINDS["charters"], asked)


@router.get("/charters/{code}", response=promises.CharterVersion)
def charter_version(request: HttpRequest, code: Code, asked: Query[Spoken]) -> Any:
    """One version of the charter."""
    found = charter.charters_of(charter.charters().filter(code=code), asked.only)
    with_moments("charters", found)
    return one(found)


@router.get("/charters/{code}/changes", response=promises.CharterChanges)
def charter_changes(request: HttpRequest, code: Code, asked: Query[Told]) -> Any:
    """What a version says otherwise than the one before; 404 where there was none before."""
    found = charter.changes_of(code, asked.language)
    if found is None:
        raise Http404
    return found


@router.get("/standards", response=common.Followed[promises.Standard])
def standards(request: HttpRequest, response: HttpResponse, asked: Query[Followed]) -> Any:
    """The measurable side of every promise that holds today."""
    return listed(request, response, KINDS["standards"], asked)


@router.get("/standards/{code}", response=promises.MeasuredStandard)
def standard(request: HttpRequest, code: Code, asked: Query[Spoken]) -> Any:
    """One standard with all that was measured."""
    found = one(charter.standards_of(charter.standards().filter(code=code), asked.only))
    with_moments("standards", [found])
    return found | {"measurements": [row for row in charter.measurements(asked.only) if row["standard"] == code]}


@router.get("/measurements", response=common.Followed[promises.Measurement])
def measurements(request: HttpRequest, response: HttpResponse, asked: Query[Measured]) -> Any:
    """What was counted, by quarter, for the city and its institutions. Small numbers are suppressed."""
    return followed(request, response, MEASUREMENTS, filter(asked.takes, charter.measurements(asked.only)), asked)
