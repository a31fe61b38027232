"""`manage.py kb_search`: how the index stands, made anew, engines side by side."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from kb.models import Article, SearchEvent
from kb.search.documents import ArticleDocument, DocumentText
from kb.search.engines import engines
from kb.search.state import state
from portal.core import clock
from tests.factories.kb import article, indexed

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
EMBEDDED = "kb.search.engines.embedded.EmbeddedEngine"


@pytest.fixture(autouse=True)
def _two_engines(settings: Any, tmp_path: Path) -> None:
    settings.SEARCH = {
        alias: {"BACKEND": EMBEDDED, "OPTIONS": {"directory": str(tmp_path / alias)}} for alias in ("default", "other")
    }


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("kb_search", *arguments, stdout=out, verbosity=1)
    return out.getvalue()


def test_the_it_person_sees_that_all_is_well() -> None:
    article()
    assert "1 documents can be found" in said("rebuild")

    assert "1 in the index, 1 in the database" in said("status")
    assert "1 documents, done" in said("status")


def test_an_index_that_lacks_something_is_said() -> None:
    article()
    indexed()
    Article.objects.bulk_create([Article(code="A-002", title_lt="Nauja", slug_lt="nauja", live=True)])

    with pytest.raises(CommandError, match="kb_search rebuild"):
        said("status")


def test_an_index_that_is_gone_is_said() -> None:
    with pytest.raises(CommandError, match="there is no index yet"):
        said("status")


def test_how_far_a_rebuild_has_come_is_seen_by_others() -> None:
    for number in range(3):
        article(f"A-00{number}")
    indexed()
    rebuild = state().rebuild

    assert rebuild is not None
    assert (rebuild.done, rebuild.is_over, rebuild.share) == (3, True, 100)


def test_engines_that_agree_are_praised_and_those_that_do_not_are_named() -> None:
    article()
    indexed()
    SearchEvent.objects.create(at=clock.now(), language="lt", words="šildymo kompensacija", results=1)
    engines["other"].rebuild([ArticleDocument("article", "A-001", {"lt": DocumentText("Šildymo kompensacija")})])
    assert "default and other: 100.0% of 1" in said("compare")

    engines["other"].rebuild([ArticleDocument("article", "A-009", {"lt": DocumentText("Šildymo kompensacija")})])
    with pytest.raises(CommandError, match="98%"):
        said("compare")


def test_one_engine_alone_has_nothing_to_be_compared_with(settings: Any) -> None:
    settings.SEARCH = {"default": settings.SEARCH["default"], "embedded": settings.SEARCH["default"]}

    assert "Only one engine is set up" in said("compare")
