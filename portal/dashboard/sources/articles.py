"""Measured on the knowledge base as it stands today: languages kept up with, reviews kept in time."""

from __future__ import annotations

from kb.models import Article
from portal.core import clock
from portal.core.languages import LANGUAGES
from portal.core.models import TranslationState
from portal.dashboard.sources.base import Tally

_UP_TO_DATE = frozenset({TranslationState.SOURCE, TranslationState.CURRENT})


def articles_current_in_all_languages() -> Tally:
    """Published articles whose every language says what the source text says now."""
    articles = list(Article.objects.filter(live=True))
    return Tally(sum(_is_current(article) for article in articles), len(articles))


def articles_in_date() -> Tally:
    """Published articles whose review day has not come; one without such a day counts as not reviewed."""
    articles = Article.objects.filter(live=True)
    return Tally(articles.filter(review_on__gt=clock.today()).count(), articles.count())


def _is_current(article: Article) -> bool:
    return all(article.translation_state(language) in _UP_TO_DATE for language in LANGUAGES)
