"""A base amount, a fact or a legal act changes: whatever rests on it is shown and goes to review."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from charter.models import BaseAmount
from kb import uses, watching
from kb.models import Article, ArticleState, Citation, Fact, LegalAct, Review
from portal.core.languages import Localised
from portal.core.rich_text import show
from tests.factories.charter import service, standard
from tests.factories.kb import article

pytestmark = pytest.mark.django_db


def amount(year: int = 2026, value: int = 233) -> BaseAmount:
    return BaseAmount.objects.create(code="VRP", name="VRP", year=year, amount=value)


def asked_for() -> set[tuple[str, str, str]]:
    return set(Review.objects.filter(done_at=None).values_list("kind", "language", "cause"))


def test_a_fact_is_written_once_and_shown_in_the_readers_language() -> None:
    Fact.objects.create(code="eile", value_lt="iki 30 dienų", value_ru="до 30 дней")
    texts = [Localised("<p>{{fact:eile}}</p>", language) for language in ("lt", "ru", "uk")]
    assert [str(text) for text in show(texts)] == [
        '<p><span class="nowrap">iki 30 dienų</span></p>',
        '<p><span class="nowrap">до 30 дней</span></p>',
        '<p><span class="nowrap">iki 30 dienų</span></p>',
    ]


def test_changing_a_fact_lists_and_sends_to_review_whatever_shows_it() -> None:
    fact = Fact.objects.create(code="eile", value_lt="iki 30 dienų")
    answer = article(body_lt="<p>{{fact:eile}}</p>", body_ru="<p>{{ fact:eile }}</p>")
    service(term_lt="{{fact:eile}}")
    article("A-002", body_lt="<p>{{fact:eile-kita}}</p>")

    assert [(use.code, use.languages) for use in uses.of_fact("eile")] == [
        ("A-001", ("lt", "ru")),
        ("pagalba", ("lt",)),
    ]
    fact.value_lt = "iki 20 dienų"  # type: ignore[attr-defined]
    fact.save()
    answer.refresh_from_db()
    assert answer.state == ArticleState.OUTDATED
    assert {
        ("kb.article", "", "fact"),
        ("charter.service", "", "fact"),
        ("charter.service", "en", "fact"),
    } <= asked_for()


def test_saving_a_fact_without_a_change_asks_for_nothing() -> None:
    fact = Fact.objects.create(code="eile", value_lt="iki 30 dienų")
    article(body_lt="<p>{{fact:eile}}</p>")
    fact.save()
    assert not asked_for()


def test_a_corrected_base_amount_warns_readers_and_a_new_years_does_not() -> None:
    this_year = amount()
    article(body_lt="<p>{{2.5 VRP}}</p>")
    amount(2027, 240)
    assert asked_for() == {
        ("kb.article", "", "base_amount"),
        *(("kb.article", code, "base_amount") for code in ("ru", "en")),
    }
    assert Article.objects.get().state == ArticleState.PUBLISHED
    this_year.amount = 234
    this_year.save()
    assert Article.objects.get().state == ArticleState.OUTDATED


def test_a_new_edition_of_an_act_reaches_articles_translations_services_and_standards() -> None:
    act = LegalAct.objects.create(code="xiii-1", title="Įstatymas", number="XIII-1")
    answer = article()
    Citation.objects.create(article=answer, act=act, part="5 str.")
    act.services.add(service())
    act.standards.add(standard())

    act.edition_on = dt.date(2027, 1, 1)
    act.save()

    assert asked_for() == {
        (kind, language, "legal_act")
        for kind, languages in (
            ("kb.article", ("", "ru", "en")),
            ("charter.service", ("", "en")),
            ("charter.servicestandard", ("", "en")),
        )
        for language in languages
    }
    assert "XIII-1" in Review.objects.all()[0].what


def test_the_same_change_asks_once_and_a_later_one_again() -> None:
    act = LegalAct.objects.create(code="xiii-1", title="Įstatymas")
    Citation.objects.create(article=article(languages=()), act=act)
    for day in (1, 1, 2):
        act.edition_on = dt.date(2027, 1, day)
        act.save()
    assert Review.objects.count() == 2


def test_a_pack_that_brings_texts_and_amounts_together_asks_for_nothing() -> None:
    article(body_lt="<p>{{2.5 VRP}}</p>")
    amount(2025, 221)
    with watching.paused():
        amount(2026, 233)
    assert not asked_for()


@time_machine.travel(dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC), tick=False)
def test_a_phone_and_an_entry_know_where_they_are_shown() -> None:
    article(body_lt='<p>{{phone:kspc}} <a href="article:A-002">x</a></p>')
    article("A-002")
    assert [use.code for use in uses.of_phone("kspc")] == ["A-001"]
    assert [use.code for use in uses.of_entry("article", "A-002")] == ["A-001"]
    assert uses.of_phone("ksp") == []
