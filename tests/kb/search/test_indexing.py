"""The index follows what editors do, and comes back by itself when it is lost."""

from __future__ import annotations

import shutil
import threading
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from charter.models import Charter
from kb.models import Article
from kb.search import indexing
from kb.search.documents import ArticleDocument, DocumentText
from kb.search.engines import engines
from kb.search.engines.base import STEMS, Clause, EngineQuery, IndexMissing
from kb.search.engines.embedded import EmbeddedEngine
from kb.search.finder import find
from kb.selectors import Reader
from tests.factories import charter as city
from tests.factories.answers import topic
from tests.factories.kb import article, indexed

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
ASKED = EngineQuery(((Clause(STEMS, "lt", "sildym", 1.0),),))


@pytest.fixture(autouse=True)
def _own_index(settings: Any, tmp_path: Path) -> None:
    options = {"directory": str(tmp_path / "search")}
    settings.SEARCH = {"default": {"BACKEND": "kb.search.engines.embedded.EmbeddedEngine", "OPTIONS": options}}
    indexing._waiting.take()  # what rolled-back tests have left behind


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Any:
    """What happens inside is committed at its end."""
    return partial(django_capture_on_commit_callbacks, execute=True)


def codes(text: str) -> list[str]:
    return [hit.code for hit in find(text, language="lt", reader=Reader.RESIDENT).hits]


def test_what_carol_publishes_is_found_at_once_and_what_she_takes_back_is_not(committed: Any) -> None:
    indexed()
    made = article(live=False)
    assert codes("šildymo kompensacija") == []

    with committed():
        made.save_revision().publish()
    assert codes("šildymo kompensacija") == ["A-001"]

    with committed():
        Article.objects.get().unpublish()
    assert codes("šildymo kompensacija") == []
    assert engines.default.search(ASKED).hits == ()


def test_a_new_title_is_found_and_the_old_one_is_not(committed: Any) -> None:
    made = article(languages=())
    indexed()

    with committed():
        made.title_lt = "Kaip gauti kurčiųjų vertėją?"
        made.save()

    assert codes("kurčiųjų vertėja") == ["A-001"]
    assert codes("šildymo kompensacija") == []


def test_what_is_deleted_is_gone(committed: Any) -> None:
    made = article()
    indexed()

    with committed():
        made.delete()

    assert engines.default.count() == 0


def test_a_charter_that_is_withdrawn_takes_its_promises_along(committed: Any) -> None:
    city.commitment()
    indexed()
    assert codes("per 20 dienų") == ["C08"]

    with committed():
        Charter.objects.get().unpublish()

    assert engines.default.count() == 0


def test_a_service_that_is_put_into_a_topic_is_found_under_it(committed: Any) -> None:
    service = city.service()
    indexed()

    with committed():
        topic("senatve", services=[service])

    results = find("pagalba namuose", language="lt", reader=Reader.RESIDENT)
    assert results.facets["topics"] == {"senatve": 1}


def test_many_changes_of_one_transaction_are_one_piece_of_work(committed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    indexed()
    work: list[Any] = []
    monkeypatch.setattr(engines.default, "put", lambda kind, given, documents: work.append(given))

    with committed():
        article("A-001")
        article("A-002")

    assert work[0] == ["A-001", "A-002"]


def test_a_lost_index_is_said_and_built_anew(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    article()
    indexed()
    shutil.rmtree(tmp_path / "search")

    assert find("šildymas", language="lt", reader=Reader.RESIDENT).is_down
    assert "built anew" in caplog.text
    assert codes("šildymas") == ["A-001"]


def test_a_damaged_index_is_said_and_built_anew(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    article()
    indexed()
    for file in (tmp_path / "search").glob("v*/*"):
        file.write_bytes(b"\0" * 64)

    assert find("šildymas", language="lt", reader=Reader.RESIDENT).is_down
    assert codes("šildymas") == ["A-001"]
    assert "damaged" in caplog.text


def test_an_index_of_another_form_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "search" / "v0-old").mkdir(parents=True)
    (tmp_path / "search" / "current").write_text("v0-old")

    with pytest.raises(IndexMissing):
        engines.default.search(ASKED)


def test_searches_never_meet_an_empty_moment_while_the_index_is_built_anew() -> None:
    engine = engines.default
    documents = [ArticleDocument("article", f"A-{n}", {"lt": DocumentText(f"Šildymas {n}")}) for n in range(200)]
    engine.rebuild(documents)
    counts: list[int] = []
    done = threading.Event()

    def search() -> None:
        while not done.is_set():
            counts.append(len(engine.search(ASKED).hits))

    reader = threading.Thread(target=search)
    reader.start()
    for _ in range(5):
        engine.rebuild(documents)
    done.set()
    reader.join()

    assert set(counts) == {200}


def test_another_process_sees_a_change_without_being_told(tmp_path: Path) -> None:
    """Two engines on one folder stand for two processes: neither knows of the other."""
    one, other = (EmbeddedEngine(directory=str(tmp_path / "search")) for _ in range(2))
    one.rebuild([ArticleDocument("article", "A-1", {"lt": DocumentText("Šildymas")})])
    assert [hit.code for hit in other.search(ASKED).hits] == ["A-1"]

    other.put("article", ["A-2"], [ArticleDocument("article", "A-2", {"lt": DocumentText("Šildymas")})])

    assert {hit.code for hit in one.search(ASKED).hits} == {"A-1", "A-2"}


def test_all_of_a_kind_can_be_brought_up_to_date() -> None:
    article()
    article("A-002", title_lt="Kas yra šildymo sezonas?")
    indexing.rebuild()
    Article.objects.filter(code="A-002").update(live=False)

    indexing.update.enqueue("article", [indexing.ALL])

    assert [hit.code for hit in engines.default.search(ASKED).hits] == ["A-001"]
