"""A situation in life: the services and answers that help in it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from charter import catalogue
from kb import asked, topics
from kb import selectors as answers
from kb.models import Topic
from portal.core import previews
from portal.core.addresses import page_address, redirected
from portal.core.caching import public_page
from portal.core.languages import current
from portal.pages.checks.finding import finders_of


@public_page()
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """One topic; another language's word in the address leads to the right one."""
    card = topics.topic_named(slug, current())
    if card is None:
        raise Http404(slug)
    return redirected(request, card.alternates) or _page(request, card)


def preview(request: HttpRequest, obj: Topic, language: str) -> HttpResponse:
    """The page of a topic as it stands now."""
    card = topics.topic_with(obj.pk, language)
    assert card is not None  # noqa: S101  (it was saved as live a moment ago)
    return _page(request, card)


previews.register(Topic, preview)


def _page(request: HttpRequest, card: topics.TopicCard) -> HttpResponse:
    language = current()
    articles = answers.articles_of_topic(card.id, language)
    return render(
        request,
        "pages/topic.html",
        {
            "section": "pages:services",
            "topic": card,
            "services": catalogue.services_of_topic(card.id, language),
            "articles": articles,
            "finders": finders_of(card.code, language),
            "most_asked": asked.most_asked(language, among={article.code for article in articles}),
            "crumbs": [(page_address("pages:services", language), _("Services"))],
            "write_query": f"?topic={card.code}",
        },
    )
