"""Machines read the same facts in the head of a page as people read on it."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import override
from rdflib import RDF, Graph, Literal, Namespace

from charter.models import Institution, Municipality, Service
from kb.models import Article
from portal.core import markup
from portal.core.languages import LANGUAGES, Localised

pytestmark = pytest.mark.usefixtures("town")
SCHEMA = Namespace("https://schema.org/")
_BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def page(route: str, *slug: str, language: str = "lt") -> str:
    with override(language):
        answer = Client().get(reverse(route, args=slug), follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def data_of(html: str) -> dict[str, Any]:
    (block,) = _BLOCK.findall(html)
    found: dict[str, Any] = json.loads(block)
    return found


def graph_of(html: str) -> Graph:
    """The block as statements; its vocabulary is known here, nothing is fetched."""
    data = data_of(html)
    assert data.pop("@context") == "https://schema.org"
    return Graph().parse(data=json.dumps({"@context": {"@vocab": str(SCHEMA)}, **data}), format="json-ld")


def words_of(html: str) -> str:
    return " ".join(unescape(strip_tags(_BLOCK.sub("", html))).split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("route", "slug", "kind"),
    [
        ("pages:home", (), SCHEMA.WebSite),
        ("pages:service", ("socialine-pasalpa",), SCHEMA.GovernmentService),
        ("pages:institution", ("socialines-paramos-centras",), SCHEMA.GovernmentOffice),
    ],
)
def test_every_kind_of_page_says_what_it_is_about(route: str, slug: tuple[str, ...], kind: Any, language: str) -> None:
    graph = graph_of(page(route, *slug, language=language))
    (subject,) = graph.subjects(RDF.type, kind)

    assert graph.value(subject, SCHEMA.name)
    assert Literal(language) in set(graph.objects(None, SCHEMA.inLanguage))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_article_is_a_question_with_its_answer(language: str) -> None:
    article = Article.objects.get(code="A-001")
    graph = graph_of(page("kb:article", article.slug_lt, language=language))
    (question,) = graph.subjects(RDF.type, SCHEMA.Question)
    answer = graph.value(question, SCHEMA.acceptedAnswer)

    assert graph.value(question, SCHEMA.name) == Literal(getattr(article, f"title_{language}"))
    assert str(graph.value(answer, SCHEMA.text)).strip()


def test_all_that_machines_read_of_a_service_stands_on_its_page() -> None:
    for service in Service.objects.order_by("code")[:8]:
        html = page("pages:service", service.slug_lt)
        data, words = data_of(html), words_of(html)

        assert data["name"] in words
        assert data["description"] in words
        if "provider" in data:
            assert data["provider"]["name"] in words


def test_all_that_machines_read_of_an_institution_stands_on_its_page() -> None:
    for office in Institution.objects.all():
        html = page("pages:institution", office.slug_lt)
        data, words = data_of(html), words_of(html)

        assert data["name"] in words
        assert data.get("address", {}).get("streetAddress", "") in words
        assert data.get("email", "") in html


def test_what_is_not_confirmed_is_not_said_to_machines() -> None:
    Institution.objects.filter(code="kspc").update(unconfirmed=["phone", "address", "does"])
    data = data_of(page("pages:institution", "socialines-paramos-centras"))

    assert not {"telephone", "address", "description"} & set(data)


def test_a_service_whose_provider_is_not_sure_names_none() -> None:
    Service.objects.filter(code="pasalpa").update(unconfirmed=["provider", "who", "price"])

    assert not {"provider", "audience", "offers"} & set(data_of(page("pages:service", "socialine-pasalpa")))


def test_a_site_whose_town_is_not_named_yet_says_nothing_of_it() -> None:
    Municipality.objects.all().delete()

    assert not _BLOCK.findall(page("pages:home"))


def test_no_text_ends_the_block() -> None:
    said = markup.block({"name": "</script><script>alert(1)</script>&amp;"})

    assert said.count("</script>") == 1
    assert said.count("<") == 2


def test_a_text_in_another_language_says_so() -> None:
    assert markup.words(Localised("Pašalpa", "lt", is_fallback=True)) == {"@value": "Pašalpa", "@language": "lt"}
    assert markup.words(Localised("Pašalpa", "lt")) == "Pašalpa"
