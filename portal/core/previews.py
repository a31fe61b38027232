"""Previews of content that has its own public page: the real page, shown from a change that is taken back.

The edited object is saved inside a transaction, the public view answers, and the transaction is rolled back:
what an editor previews is exactly what a resident would see, and nobody else sees it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import override

Show = Callable[[HttpRequest, Any, str], HttpResponseBase]
RESIDENT = ""
_shows: dict[tuple[type[models.Model], str], Show] = {}


class _Done(Exception):
    """Carries nothing: leaves the transaction so that everything in it is undone."""


def register(model: type[models.Model], show: Show, *, face: str = RESIDENT) -> None:
    """`show(request, saved object, language)` answers with the public page of `model`, or with another face of it."""
    _shows[model, face] = show


def serve(request: HttpRequest, obj: models.Model, mode: str) -> HttpResponseBase:
    """The page of `obj` as it would be, in the mode `lt` or `lt-desk`; empty when the model has no page of its own."""
    language, _sign, face = mode.partition("-")
    show = _shows.get((type(obj), face))
    if show is None:
        return HttpResponse(status=204)
    answer: HttpResponseBase | None = None
    try:
        with transaction.atomic(), override(language):
            if hasattr(obj, "live"):
                obj.live = True
            obj.save()
            answer = show(request, obj, language)
            if hasattr(answer, "render"):
                answer.render()
            raise _Done
    except _Done:
        pass
    assert answer is not None  # noqa: S101  (set before _Done can be raised)
    return answer


def show_unsaved(request: HttpRequest, obj: models.Model, language: str) -> HttpResponseBase:
    """The page of `obj` from the object in hand: for Wagtail's pages, whose place in the tree must not be touched."""
    with override(language):
        answer = _shows[type(obj), RESIDENT](request, obj, language)
        if hasattr(answer, "render"):
            answer.render()
        return answer
