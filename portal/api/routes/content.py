"""Services, institutions, topics, articles, and search."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from kb.search import finder
from kb.selectors import Reader
from portal.api.kinds import KINDS
from portal.api.paging import Followed, Language, Spoken, listed, with_moments
from portal.api.reading import absolute
from portal.api.routes.parameters import Code, one
from portal.api.schemas import common, content

router = Router(tags=["content"])
search_router = Router(tags=["search"])
MOST_HITS, LONGEST = 200, 2000


def _entry(kind: str, code: str, asked: Spoken) -> dict[str, Any]:
    found = KINDS[kind].read(KINDS[kind].rows().filter(code=code), asked.only)
    with_moments(kind, found)
    return one(found)


@router.get("/services", response=common.Followed[content.Service])
def services(request: HttpRequest, response: HttpResponse, asked: Query[Followed]) -> Any:
    """Services of the municipality."""
    return listed(request, response, KINDS["services"], asked)


@router.get("/services/{code}", response=content.Service)
def service(request: HttpRequest, code: Code, asked: Query[Spoken]) -> Any:
    """One service."""
    return _entry("services", code, asked)


@router.get("/institutions", response=common.Followed[content.Institution])
def institutions(request: HttpRequest, response: HttpResponse, asked: Query[Followed]) -> Any:
    """Institutions that give services."""
    return listed(request, response, KINDS["institutions"], asked)


@router.get("/institutions/{code}", response=content.Institution)
def institution(request: HttpRequest, code: Code, asked: Query[Spoken]) -> Any:
    """One institution."""
    return _entry("institutions", code, asked)


@router.get("/topics", response=common.Followed[content.Topic])
def topics(request: HttpRequest, response: HttpResponse, asked: Query[Followed]) -> Any:
    """Situations in life, with the services that help in them."""
    return listed(request, response, KINDS["topics"], asked)


@router.get("/topics/{code}", response=content.Topic)
def topic(request: HttpRequest, code: Code, asked: Query[Spoken]) -> Any:
    """One situation."""
    return _entry("topics", code, asked)


@router.get("/articles", response=common.Followed[content.Article])
def articles(request: HttpRequest, response: HttpResponse, asked: Query[Followed]) -> Any:
    """Answers to questions."""
    return listed(request, response, KINDS["articles"], asked)


@router.get("/articles/{code}", response=content.Article)
def article(request: HttpRequest, code: Code, asked: Query[Spoken]) -> Any:
    """One answer."""
    return _entry("articles", code, asked)


@search_router.get("/search", response=content.Hits)
def search(
    request: HttpRequest,
    response: HttpResponse,
    q: Annotated[str, Query(max_length=LONGEST, description="A question or words, in any language of the site.")],
    lang: Annotated[Language, Query(description="The reader's language.")] = "lt",
    limit: Annotated[int, Query(ge=1, le=MOST_HITS)] = 20,
    offset: Annotated[int, Query(ge=0, le=MOST_HITS)] = 0,
) -> Any:
    """The same answers as the search page gives a resident. What was typed is kept nowhere."""
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
