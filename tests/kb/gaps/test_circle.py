"""From a search that found nothing to an article that is found: the whole circle."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client

from kb.gaps import board, signs
from kb.models import Article, Gap, GapState
from kb.search import log
from tests.factories.kb import article, indexed
from tests.people import carol

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
BROWSER = {"user-agent": "Mozilla/5.0 (Linux; Android 9)"}
MONDAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


def look_for(words: str, language: str = "lt") -> str:
    page = Client(headers=BROWSER).get(f"/{language}/search/", {"q": words}).content.decode()
    log.flush()
    return page


def test_a_failed_search_becomes_an_article_that_is_found(django_capture_on_commit_callbacks: Any) -> None:
    committed = django_capture_on_commit_callbacks
    with time_machine.travel(MONDAY, tick=False):
        article()
        indexed()
        for _person in range(3):
            look_for("vilkų šeimos vizitas")

    with time_machine.travel(MONDAY + dt.timedelta(hours=2), tick=False):
        editor = Client()
        editor.force_login(carol())
        assert "vilkų šeimos vizitas" in editor.get("/cms/knowledge/gaps/").content.decode()
        gap = Gap.objects.get()
        answer = editor.post(f"/cms/knowledge/gaps/{gap.pk}/write/")
        draft = Article.objects.get(title_lt="Vilkų šeimos vizitas")
        assert answer["Location"] == f"/cms/snippets/kb/article/edit/{draft.pk}/"
        assert (draft.live, draft.resident_words_lt) == (False, "vilkų šeimos vizitas")

        draft.slug_lt, draft.short_answer_lt = "vilku-seimos-vizitas", "Skambinkite."
        with committed(execute=True):
            draft.save_revision(user=carol()).publish(user=carol())

        gap.refresh_from_db()
        assert (gap.state, gap.article, gap.settled_by) == (GapState.CLOSED, draft, carol())
        page = look_for("vilkų šeimos vizitas")
        assert "/lt/answers/vilku-seimos-vizitas/" in page
        link = page.split('class="hit__title"><a href="')[1].split('"')[0]
        Client(headers=BROWSER).get(link.replace("&amp;", "&"))
        log.flush()

    with time_machine.travel(MONDAY + dt.timedelta(days=9), tick=False):
        signs.gather()
        helped = board.rows(board.gaps("closed"))[0].helped
        assert helped
        assert (helped.found, helped.failed, helped.is_better, helped.is_too_early) == (1, 0, True, False)
        editor.force_login(carol())
        assert "It helped." in editor.get("/cms/knowledge/gaps/?group=closed").content.decode()
