"""`/api/v1`: read-only, for programs. What stands here does not change; a change is a new version."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Path, Query

from kb.search import finder
from kb.selectors import Reader
from portal.api import charter, entries, schemas
from portal.api.reading import absolute
from portal.core.throttling import Limit, network

MOST, MOST_HITS, FARTHEST, SECONDS = 1000, 200, 1_000_000, 60
BRAKE = Limit("api", times=600, seconds=SECONDS)

Count = Annotated[int, Query(ge=1, le=MOST, description="how many at most")]
Offset = Annotated[int, Query(ge=0, le=FARTHEST, description="how many to leave out first")]
Code = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,40}$")]
Language = Literal["lt", "ru", "en", "uk"]

api = NinjaAPI(
    title="Parama",
    version="1",
    description="Services, institutions, answers, promises and their results. Read-only, without registration.",
    docs_url=None,  # its pages would load foreign scripts
    urls_namespace="api",
)


def _shared(request: HttpRequest, response: HttpResponse) -> None:
    """Anybody's page may use it; kept for a minute on the way; nobody asks too often."""
    BRAKE.check(network(request))
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = f"public, max-age={SECONDS}"


def _one(found: list[dict[str, Any]]) -> dict[str, Any]:
    if not found:
        raise Http404
    return found[0]


def _part(items: list[dict[str, Any]], limit: int, offset: int) -> dict[str, Any]:
    return {"items": items[offset : offset + limit], "count": len(items)}


@api.get("/services", response=schemas.Listed[schemas.Service])
def services(request: HttpRequest, response: HttpResponse, limit: Count = 100, offset: Offset = 0) -> Any:
    """Services of the municipality. `id` is the same as `code`."""
    _shared(request, response)
    found = entries.services()
    return {"items": entries.services_of(found[offset : offset + limit]), "count": found.count()}


@api.get("/services/{code}", response=schemas.Service)
def service(request: HttpRequest, response: HttpResponse, code: Code) -> Any:
    """One service."""
    _shared(request, response)
    return _one(entries.services_of(entries.services().filter(code=code)))


@api.get("/institutions", response=schemas.Listed[schemas.Institution])
def institutions(request: HttpRequest, response: HttpResponse, limit: Count = 100, offset: Offset = 0) -> Any:
    """Institutions that give services. `id` is the same as `code`."""
    _shared(request, response)
    found = entries.institutions()
    return {"items": entries.institutions_of(found[offset : offset + limit]), "count": found.count()}


@api.get("/institutions/{code}", response=schemas.Institution)
def institution(request: HttpRequest, response: HttpResponse, code: Code) -> Any:
    """One institution."""
    _shared(request, response)
    return _one(entries.institutions_of(entries.institutions().filter(code=code)))


@api.get("/articles", response=schemas.Listed[schemas.Article])
def articles(request: HttpRequest, response: HttpResponse, limit: Count = 100, offset: Offset = 0) -> Any:
    """Answers to questions, with the codes of at most three services each."""
    _shared(request, response)
    found = entries.articles()
    return {"items": entries.articles_of(found[offset : offset + limit]), "count": found.count()}


@api.get("/articles/{code}", response=schemas.Article)
def article(request: HttpRequest, response: HttpResponse, code: Code) -> Any:
    """One answer."""
    _shared(request, response)
    return _one(entries.articles_of(entries.articles().filter(code=code)))


@api.get("/charter", response=schemas.Charter)
def charter_in_force(request: HttpRequest, response: HttpResponse) -> Any:
    """The charter in force, with its promises, their standards and what was measured."""
    _shared(request, response)
    found = charter.in_force()
    if found is None:
        raise Http404
    return found


@api.get("/standards", response=schemas.Listed[schemas.Standard])
def standards(request: HttpRequest, response: HttpResponse, limit: Count = 100, offset: Offset = 0) -> Any:
    """The measurable side of every promise."""
    _shared(request, response)
    return _part(charter.standards(), limit, offset)


@api.get("/measurements", response=schemas.Listed[schemas.Measurement])
def measurements(request: HttpRequest, response: HttpResponse, limit: Count = 100, offset: Offset = 0) -> Any:
    """What was counted, by quarter, for the city and its institutions."""
    _shared(request, response)
    return _part(charter.measurements(), limit, offset)


@api.get("/search", response=schemas.Hits)
def search(
    request: HttpRequest,
    response: HttpResponse,
    q: Annotated[str, Query(max_length=2000)],
    lang: Language = "lt",
    limit: Annotated[int, Query(ge=1, le=MOST_HITS)] = 20,
    offset: Annotated[int, Query(ge=0, le=MOST_HITS)] = 0,
) -> Any:
    """The same answers as the search page gives a resident. What was typed is kept nowhere."""
    _shared(request, response)
    response["Cache-Control"] = "no-store"
    found = finder.find(q, language=lang, reader=Reader.RESIDENT, limit=limit, offset=offset)
    hits = [
        {
            "kind": hit.kind,
            "code": hit.code,
            "title": hit.title.text,
            "url": absolute(hit.url),
            "lang": hit.title.language,
        }
        for hit in found.hits
    ]
    return {"hits": hits, "count": found.total, "suggestion": found.suggestion}
