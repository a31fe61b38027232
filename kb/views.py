"""Answers: the list by situation in life, and one article."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from charter import catalogue, offices
from charter import selectors as promises
from kb import asked, markup, selectors, topics
from kb.models import Article
from portal.core import previews
from portal.core.addresses import page_address, redirected
from portal.core.caching import public_page
from portal.core.languages import current


@public_page()
def articles(request: HttpRequest) -> HttpResponse:
    """All published answers by situation; one that belongs to none stands at the end."""
    language = current()
    cards = {card.id: card for card in selectors.all_articles(language)}
    belongs = topics.articles_by_topic()
    groups = [
        (topic, [cards[pk] for pk in belongs.get(topic.id, ()) if pk in cards]) for topic in topics.all_topics(language)
    ]
    placed = {card.id for _topic, mine in groups for card in mine}
    return render(
        request,
        "kb/articles.html",
        {
            "section": "kb:articles",
            "groups": [group for group in groups if group[1]],
            "others": [card for card in cards.values() if card.id not in placed],
            "most_asked": asked.most_asked(language),
            "is_empty": not cards,
        },
    )


@public_page()
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """One article; another language's word in the address leads to the right one."""
    found = selectors.article_named(slug, current())
    if found is None:
        place = selectors.moved_to(slug, current())
        if not place:
            raise Http404(slug)
        return HttpResponsePermanentRedirect(place)
    return redirected(request, found.alternates) or _page(request, found)


def preview(request: HttpRequest, obj: Article, language: str) -> HttpResponse:
    """The page of an article as it stands now."""
    found = selectors.article_with(obj.pk, language)
    assert found is not None  # noqa: S101  (it was saved as live a moment ago)
    return _page(request, found)


def desk_face(request: HttpRequest, obj: Article, language: str) -> HttpResponse:
    """What a consultant sees of it: the answer with the note for their eyes."""
    return _face(request, obj, language, "desk")


def phone_face(request: HttpRequest, obj: Article, language: str) -> HttpResponse:
    """What a consultant says of it by phone."""
    return _face(request, obj, language, "phone")


def _face(request: HttpRequest, obj: Article, language: str, face: str) -> HttpResponse:
    context = {
        "article": selectors.article_with(obj.pk, language),
        "faces": selectors.faces_of(obj.pk, language),
        "face": face,
    }
    return render(request, "kb/face.html", context)


previews.register(Article, preview)
previews.register(Article, desk_face, face="desk")
previews.register(Article, phone_face, face="phone")


def _page(request: HttpRequest, found: selectors.ArticlePage) -> HttpResponse:
    language = current()
    services = catalogue.services_of_article(found.id, language)
    # In danger nobody wants to read how well we keep our word.
    asks = services and not found.is_sensitive
    promised = promises.promises_of_service(services[0].id, language) if asks else []
    situations = topics.topics_of_article(found.id, language)
    return render(
        request,
        "kb/article.html",
        {
            "section": "kb:articles",
            "article": found,
            "slug": found.url(language).rstrip("/").rpartition("/")[2],
            "services": services,
            "offices": offices.offices_of_article(found.id, language),
            "promise": promised[0] if promised else None,
            "crumbs": [
                (page_address("kb:articles", language), _("Answers")),
                *((topic.url, topic.name) for topic in situations[:1]),
            ],
            "related": selectors.related_to(found.id, language),
            "data": markup.faq(found),
            "write_query": f"?article={found.code}",
        },
    )
