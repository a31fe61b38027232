"""What may be taken away: the archive with everything, and the descriptions for catalogues."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router

from portal.api import downloads
from portal.api.changes_feed import feed
from portal.api.downloads import CATALOGUE, DATASET, ZIP
from portal.api.reading import absolute
from portal.api.schemas.changes import Download

router = Router(tags=["files"])
TURTLE, JSON_LD, ARCHIVE, ATOM = "text/turtle", "application/ld+json", "application/zip", "application/atom+xml"
# By the route's name: what an address answers with, where it is not JSON.
GIVES: dict[str, tuple[str, ...]] = {
    "archive": (ARCHIVE,),
    "catalogue": (JSON_LD, TURTLE),
    "catalogue_turtle": (TURTLE,),
    "catalogue_json_ld": (JSON_LD,),
    "dataset_turtle": (TURTLE,),
    "dataset_json_ld": (JSON_LD,),
    "changes_feed": (ATOM,),
}


def _given(*types: str) -> dict[str, Any]:
    """What the description says of an address that answers with a file."""
    schemas = {kind: {"schema": {"type": "object" if kind == JSON_LD else "string"}} for kind in types}
    return {"responses": {200: {"content": schemas}}}


def _file(name: str, kind: str) -> HttpResponse:
    """A file of the newest making; 404 in the first minutes of a new site."""
    data = downloads.content(name)
    if data is None:
        raise Http404
    return HttpResponse(data, content_type=kind if kind == ARCHIVE else f"{kind}; charset=utf-8")


@router.get("/downloads", response=Download)
def newest(request: HttpRequest) -> Any:
    """The newest archive with everything: where it is, how big, its checksum, what is in it."""
    made = downloads.newest()
    if made is None:
        raise Http404
    return {
        "url": absolute(f"/api/v1/downloads/{ZIP}"),
        **{name: getattr(made, name) for name in ("made_at", "day", "bytes", "sha256", "counts", "licence")},
    }


@router.get(f"/downloads/{ZIP}", openapi_extra=_given(ARCHIVE))
def archive(request: HttpRequest) -> HttpResponse:
    """Everything in one archive: JSON Lines and CSV of each kind, Turtle and JSON-LD of the services, a manifest."""
    response = _file(ZIP, ARCHIVE)
    response["Content-Disposition"] = f'attachment; filename="{ZIP}"'
    return response


@router.get("/catalogue", openapi_extra=_given(JSON_LD, TURTLE))
def catalogue(request: HttpRequest) -> HttpResponse:
    """Services after CPSV-AP 3.2, in the form that `Accept` asks for."""
    if request.get_preferred_type([JSON_LD, TURTLE]) == TURTLE:
        response = catalogue_turtle(request)
    else:
        response = catalogue_json_ld(request)
    response["Vary"] = "Accept"
    return response


@router.get("/catalogue.ttl", openapi_extra=_given(TURTLE))
def catalogue_turtle(request: HttpRequest) -> HttpResponse:
    """Services, institutions and situations after CPSV-AP 3.2, as Turtle."""
    return _file(f"{CATALOGUE}.ttl", TURTLE)


@router.get("/catalogue.jsonld", openapi_extra=_given(JSON_LD))
def catalogue_json_ld(request: HttpRequest) -> HttpResponse:
    """Services, institutions and situations after CPSV-AP 3.2, as JSON-LD."""
    return _file(f"{CATALOGUE}.jsonld", JSON_LD)


@router.get("/dataset.ttl", openapi_extra=_given(TURTLE))
def dataset_turtle(request: HttpRequest) -> HttpResponse:
    """These data for data portals after DCAT-AP, as Turtle."""
    return _file(f"{DATASET}.ttl", TURTLE)


@router.get("/dataset.jsonld", openapi_extra=_given(JSON_LD))
def dataset_json_ld(request: HttpRequest) -> HttpResponse:
    """These data for data portals after DCAT-AP, as JSON-LD."""
    return _file(f"{DATASET}.jsonld", JSON_LD)


@router.get("/changes.atom", openapi_extra=_given(ATOM))
def changes_feed(request: HttpRequest) -> HttpResponse:
    """The last hundred changes as an Atom feed, the newest first."""
    return HttpResponse(feed(), content_type=f"{ATOM}; charset=utf-8")
