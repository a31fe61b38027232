"""Answers that say nearly the same: looked for while a question is being typed, before a second one is written."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from kb.models import Article
from kb.search import finder
from kb.search.narrowing import Narrowing
from kb.selectors import Reader
from portal.core.languages import Localised, pick_field
from portal.core.readable import Readable

MOST = 5


@dataclass(frozen=True, slots=True)
class Alike(Readable):
    """An article that may already answer it, drafts included, with where it is edited."""

    code: str
    title: Localised
    state: str
    url: str


def alike(question: str, language: str, *, besides: str = "") -> list[Alike]:
    """The answers nearest to a question as editors find them; archived ones are not among them."""
    if not question.strip():
        return []
    only = Narrowing.to(kind=["article"])
    found = finder.find(question, language=language, reader=Reader.STAFF, only=only, limit=MOST + 1)
    codes = [hit.code for hit in found.hits if hit.code != besides]
    articles = {article.code: article for article in Article.objects.filter(code__in=codes).exclude(stage="archived")}
    return [
        Alike(
            code=code,
            title=pick_field(articles[code], "title", language),
            state=str(articles[code].state.label),
            url=reverse("wagtailsnippets_kb_article:edit", args=[articles[code].pk]),
        )
        for code in codes
        if code in articles
    ][:MOST]
