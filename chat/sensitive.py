"""Whether somebody looking over a shoulder could harm who writes here: then the page can be left quickly."""

from __future__ import annotations

from django.db.models import Count, Q

from charter.models import Service
from chat.models import Consultation
from kb.models import Article, Topic

ONE_OF = 3  # a topic is sensitive when one of so many of its answers is


def is_sensitive(consultation: Consultation) -> bool:
    """By words of danger, or by what the question is about. At most three queries."""
    return consultation.is_urgent or _any(
        service=Q(pk=consultation.service_id) if consultation.service_id else None,
        article=Q(pk=consultation.article_id) if consultation.article_id else None,
        topic=Q(pk=consultation.topic_id) if consultation.topic_id else None,
    )


def is_asked_about(*, service: str = "", article: str = "", topic: str = "") -> bool:
    """The same of a form that carries codes. At most three queries."""
    return _any(
        service=Q(code=service) if service else None,
        article=Q(code=article) if article else None,
        topic=Q(code=topic) if topic else None,
    )


def _any(*, service: Q | None, article: Q | None, topic: Q | None) -> bool:
    return (
        (service is not None and Service.objects.filter(service, is_sensitive=True).exists())
        or (article is not None and Article.objects.filter(article, is_sensitive=True).exists())
        or (topic is not None and _is_sensitive_topic(topic))
    )


def _is_sensitive_topic(which: Q) -> bool:
    live = Q(articles__live=True)
    counts = Topic.objects.filter(which).annotate(
        answers=Count("articles", filter=live),
        sensitive=Count("articles", filter=live & Q(articles__is_sensitive=True)),
    )
    answers, sensitive = counts.values_list("answers", "sensitive").first() or (0, 0)
    return sensitive > 0 and sensitive * ONE_OF >= answers
