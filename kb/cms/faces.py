"""One article as a resident, a consultant or a caller meets it: the newest draft, on a page of its own."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from kb.cms.doors import writers_only
from kb.models import Article
from portal.core.languages import LANGUAGES

FACES = {"resident": "", "desk": "-desk", "phone": "-phone"}


@writers_only
@require_GET
def show(request: HttpRequest, pk: int, language: str, face: str) -> HttpResponseBase:
    """The face asked for, made as the CMS makes its previews."""
    if language not in LANGUAGES or face not in FACES:
        raise Http404(face)
    article = get_object_or_404(Article, pk=pk)
    draft = article.get_latest_revision_as_object() if article.latest_revision_id else article
    answer: HttpResponseBase = draft.make_preview_request(request, f"{language}{FACES[face]}")
    return answer
