"""Who may find which answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from kb.models import Article
from kb.selectors import Reader, article_for_sending, findable_articles, is_findable
from tests.factories.answers import article


class TheDoor(TestCase):
    """The rule for many and the rule for one are the same rule."""

    @given(st.lists(st.booleans(), max_size=6), st.sampled_from(Reader))
    def test_the_queryset_and_the_predicate_agree(self, states: list[bool], reader: Reader) -> None:
        for number, live in enumerate(states):
            Article.objects.create(code=f"A-{number}", live=live)
        found = set(findable_articles(reader).values_list("pk", flat=True))
        assert found == {one.pk for one in Article.objects.all() if is_findable(one, reader)}


@pytest.mark.django_db
def test_residents_find_published_answers_and_staff_also_drafts() -> None:
    published = article()
    draft = article("A-002", live=False)
    assert set(findable_articles(Reader.RESIDENT)) == {published}
    assert set(findable_articles(Reader.STAFF)) == {published, draft}


@pytest.mark.django_db
def test_a_consultant_sends_the_public_part_in_the_residents_language() -> None:
    article(internal_note_en="SECRET")
    sent = article_for_sending("A-001", "en")
    assert sent
    assert (sent.title.text, sent.url("en"), str(sent.body)) == (
        "How to get compensation?",
        "/en/answers/a-001-how-to-get/",
        "<p>The whole answer.</p>",
    )
    fallen_back = article_for_sending("A-001", "uk")
    assert fallen_back
    assert (fallen_back.title.language, fallen_back.title.is_fallback) == ("lt", True)


@pytest.mark.django_db
def test_a_draft_is_never_sent() -> None:
    article(live=False)
    assert article_for_sending("A-001", "en") is None
