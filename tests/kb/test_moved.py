"""Old addresses stay alive, in every language, and lead to where the answer is now."""

from __future__ import annotations

import pytest
from django.test import Client

from kb import merging
from kb.models import Article, MovedAddress, PinnedAnswer
from portal.core.languages import Localised
from portal.core.rich_text import show
from tests.factories.kb import article
from tests.people import carol

pytestmark = pytest.mark.django_db


def leads_to(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 301, (path, response.status_code)
    return response["Location"]


def test_a_new_word_in_one_language_keeps_the_old_one_alive_in_all(client: Client) -> None:
    answer = article()
    answer.slug_ru = "novoe-slovo"
    answer.save()
    assert leads_to(client, "/ru/answers/a-001-ru/") == "/ru/answers/novoe-slovo/"
    assert leads_to(client, "/lt/answers/a-001-ru/") == "/lt/answers/a-001-lt/"


def test_a_word_that_is_taken_again_is_an_own_one(client: Client) -> None:
    answer = article()
    for word in ("naujas", "a-001-lt"):
        answer.slug_lt = word
        answer.save()
    assert client.get("/lt/answers/a-001-lt/").status_code == 200


def test_a_draft_that_never_was_public_leaves_no_address() -> None:
    answer = article(live=False)
    answer.slug_lt = "kitas"
    answer.save()
    assert not MovedAddress.objects.exists()


def test_of_two_that_say_the_same_one_stays_and_nothing_is_lost(client: Client) -> None:
    stays, goes = article(), article("A-002", title_lt="Kas padės šildymui?", resident_words_lt="šildimas")
    goes.slug_lt = "senas"
    goes.save()
    PinnedAnswer.objects.create(language="lt", words="šilta", code="A-002")

    merging.merge(Article.objects.get(code="A-002"), into=stays, by=carol())

    goes.refresh_from_db()
    stays.refresh_from_db()
    assert (goes.state, goes.merged_into) == ("archived", stays)
    for language, word in (("lt", "senas"), ("lt", "a-002-lt"), ("ru", "a-002-ru"), ("en", "a-002-en")):
        assert leads_to(client, f"/{language}/answers/{word}/") == f"/{language}/answers/a-001-{language}/"
    assert PinnedAnswer.objects.get().code == "A-001"
    assert stays.resident_words_lt.splitlines() == ["Kas padės šildymui?", "šildimas"]
    assert 'href="/lt/answers/a-001-lt/"' in show([Localised('<a href="article:A-002">x</a>', "lt")])[0]


def test_addresses_follow_through_two_merges(client: Client) -> None:
    first, second, third = article(), article("A-002"), article("A-003")
    merging.merge(first, into=second, by=carol())
    merging.merge(Article.objects.get(pk=second.pk), into=third, by=carol())
    assert leads_to(client, "/lt/answers/a-001-lt/") == "/lt/answers/a-003-lt/"


def test_nothing_is_merged_into_itself_or_a_draft() -> None:
    answer, draft = article(), article("A-002", live=False)
    for into in (answer, draft):
        with pytest.raises(merging.CannotMerge):
            merging.merge(answer, into=into, by=carol())
