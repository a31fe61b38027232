"""Reading the knowledge base: who may find which article."""

from __future__ import annotations

import enum

from django.db.models import QuerySet

from kb.models import Article


class Reader(enum.StrEnum):
    """For whom something is looked up. Staff see drafts and the notes for consultants."""

    RESIDENT = "resident"
    STAFF = "staff"


def findable_articles(reader: Reader) -> QuerySet[Article]:
    """Articles `reader` may come upon: a resident only what is published."""
    articles = Article.objects.all()
    return articles if reader == Reader.STAFF else articles.filter(live=True)
