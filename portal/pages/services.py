"""Services: the list by situation in life and by institution, and the page of one service."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from charter import catalogue, offices, selectors
from charter.models import Service
from kb import selectors as answers
from kb import topics
from portal.core import previews
from portal.core.addresses import coded_address, page_address, redirected
from portal.core.caching import public_page
from portal.core.languages import current
from portal.pages.beside import beside

BY = "by"
INSTITUTION = "institution"
FACTS = {
    "who": gettext_lazy("Who can get it"),
    "price": gettext_lazy("How much it costs or pays"),
    "how": gettext_lazy("How to get it"),
    "documents": gettext_lazy("Documents"),
    "term": gettext_lazy("How long it takes"),
}


@public_page(params=(BY,))
def services(request: HttpRequest) -> HttpResponse:
    """All services with the one fact people compare, by situation or by who gives them."""
    language = current()
    by_institution = request.GET.get(BY) == INSTITUTION
    cards = catalogue.all_services(language)
    groups = _by_institution(cards, language) if by_institution else _by_topic(cards, language)
    return render(
        request,
        "pages/services.html",
        {"section": "pages:services", "groups": groups, "by_institution": by_institution, "is_empty": not cards},
    )


@public_page()
def service(request: HttpRequest, slug: str) -> HttpResponse:
    """One service; another language's word in the address leads to the right one."""
    facts = catalogue.service_named(slug, current())
    if facts is None:
        raise Http404(slug)
    return redirected(request, facts.alternates) or _page(request, facts)


def preview(request: HttpRequest, obj: Service, language: str) -> HttpResponse:
    """The page of a service as it stands now."""
    facts = catalogue.service_with(obj.pk, language)
    assert facts is not None  # noqa: S101  (it was saved as live a moment ago)
    return _page(request, facts)


previews.register(Service, preview)


def _page(request: HttpRequest, facts: catalogue.ServiceFacts) -> HttpResponse:
    language = current()
    promises = selectors.promises_of_service(facts.id, language)
    situations = topics.topics_of_service(facts.id, language)
    easy_url, way = beside(facts.id, language)
    services_url = page_address("pages:services", language)
    crumbs = [(services_url, _("Services")), *((topic.url, topic.name) for topic in situations[:1])]
    return render(
        request,
        "pages/service.html",
        {
            "section": "pages:services",
            "service": facts,
            "facts": [(FACTS[fact.name], fact) for fact in facts.facts],
            "promise": promises[0] if promises else None,
            "other_promises": promises[1:],
            "articles": answers.articles_of_service(facts.id, language),
            "crumbs": crumbs,
            "easy_url": easy_url,
            "way": way,
            "write_query": f"?service={facts.code}",
            "rate_url": coded_address("feedback:rate", language, "service", facts.code),
        },
    )


Group = tuple[str, object, list[catalogue.ServiceCard]]


def _by_topic(cards: Iterable[catalogue.ServiceCard], language: str) -> list[Group]:
    """(address, topic, services) in the order of topics; a service stands in each of its situations."""
    known = {card.id: card for card in cards}
    belongs = topics.services_by_topic()
    groups: list[Group] = []
    placed: set[int] = set()
    for topic in topics.all_topics(language):
        mine = [known[pk] for pk in belongs.get(topic.id, ()) if pk in known]
        placed.update(card.id for card in mine)
        if mine:
            groups.append((topic.url, topic.name, mine))
    return groups + _rest([card for card in known.values() if card.id not in placed], _("Other services"))


def _by_institution(cards: Iterable[catalogue.ServiceCard], language: str) -> list[Group]:
    mine: dict[int | None, list[catalogue.ServiceCard]] = defaultdict(list)
    for card in cards:
        mine[card.provider_id].append(card)
    groups: list[Group] = [
        (office.url, office.name, mine.pop(office.id)) for office in offices.offices(language) if office.id in mine
    ]
    rest = [card for left in mine.values() for card in left]
    return groups + _rest(rest, _("Who gives the service is decided case by case, or not confirmed yet"))


def _rest(cards: list[catalogue.ServiceCard], name: str) -> list[Group]:
    return [("", name, cards)] if cards else []
