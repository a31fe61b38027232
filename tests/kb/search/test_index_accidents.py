"""Accidents of the embedded index: two writers, a killed one, half a file, a full disk. Found out, said, made good."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
import tantivy

from kb.search import indexing
from kb.search.documents import ArticleDocument, DocumentText
from kb.search.engines.base import STEMS, Clause, EngineDown, EngineQuery
from kb.search.engines.embedded import EmbeddedEngine
from kb.search.finder import find
from kb.search.state import state
from kb.selectors import Reader
from tests.factories.kb import article, indexed

ASKED = EngineQuery(((Clause(STEMS, "lt", "sildym", 1.0),),))
WRITER = """
import sys, time
import django; django.setup()
from kb.search.documents import ArticleDocument, DocumentText
from kb.search.engines.embedded import EmbeddedEngine
def documents():
    for number in range(10**9):
        if number == 50: print("writing", flush=True)
        if number > 50: time.sleep(0.01)
        yield ArticleDocument("article", f"B-{number}", {"lt": DocumentText("Šildymas")})
EmbeddedEngine(directory=sys.argv[1]).rebuild(documents())
"""
LIMITED = """
import resource, signal, sys
import django; django.setup()
from kb.search.documents import ArticleDocument, DocumentText
from kb.search.engines.base import EngineDown
from kb.search.engines.embedded import EmbeddedEngine
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))
documents = [ArticleDocument("article", f"B-{n}", {"lt": DocumentText(f"Šildymas {n} žodis{n}")}) for n in range(2000)]
try:
    EmbeddedEngine(directory=sys.argv[1]).rebuild(documents)
except EngineDown as trouble:
    print("said:", trouble)
"""


def documents(count: int) -> list[ArticleDocument]:
    return [ArticleDocument("article", f"A-{n}", {"lt": DocumentText("Šildymas")}) for n in range(count)]


def run(program: str, folder: Path) -> subprocess.Popen[str]:
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    return subprocess.Popen([sys.executable, "-c", program, str(folder)], env=env, stdout=subprocess.PIPE, text=True)


@pytest.fixture
def engine(tmp_path: Path) -> EmbeddedEngine:
    made = EmbeddedEngine(directory=str(tmp_path / "search"))
    made.rebuild(documents(3))
    return made


def versions(folder: Path) -> int:
    return len(list(folder.glob("v*-*")))


def test_two_who_write_at_once_come_one_after_the_other(tmp_path: Path, engine: EmbeddedEngine) -> None:
    other = EmbeddedEngine(directory=str(tmp_path / "search"))
    writers = [
        threading.Thread(
            target=one.put,
            args=("article", [code], [ArticleDocument("article", code, {"lt": DocumentText("Šildymas")})]),
        )
        for one, code in ((engine, "A-8"), (other, "A-9"))
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert {hit.code for hit in engine.search(ASKED).hits} == {"A-0", "A-1", "A-2", "A-8", "A-9"}


def test_a_writer_that_is_killed_leaves_the_old_index_and_no_lock(tmp_path: Path, engine: EmbeddedEngine) -> None:
    process = run(WRITER, tmp_path / "search")
    assert process.stdout is not None
    assert process.stdout.readline() == "writing\n"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()

    assert len(engine.search(ASKED).hits) == 3
    began = time.monotonic()
    assert engine.rebuild(documents(4)) == 4
    assert time.monotonic() - began < 5
    assert len(engine.search(ASKED).hits) == 4
    assert versions(tmp_path / "search") <= 2


def test_a_full_disk_is_said_and_the_old_index_goes_on(tmp_path: Path, engine: EmbeddedEngine) -> None:
    process = run(LIMITED, tmp_path / "search")
    out, _ = process.communicate(timeout=60)

    assert "said: the index can't be written" in out
    assert len(engine.search(ASKED).hits) == 3
    assert versions(tmp_path / "search") == 1


@pytest.mark.django_db
def test_a_half_written_file_is_found_out_and_everything_is_built_anew(
    tmp_path: Path, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    options = {"directory": str(tmp_path / "search")}
    settings.SEARCH = {"default": {"BACKEND": "kb.search.engines.embedded.EmbeddedEngine", "OPTIONS": options}}
    article()
    indexed()
    for file in (tmp_path / "search").glob("v*/*.*"):
        if file.suffix != ".json":
            file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])

    assert find("šildymas", language="lt", reader=Reader.RESIDENT).is_down
    assert [hit.code for hit in find("šildymas", language="lt", reader=Reader.RESIDENT).hits] == ["A-001"]
    assert "damaged" in caplog.text


@pytest.mark.django_db
def test_a_rebuild_that_failed_stands_where_the_it_person_looks(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tantivy, "Index", full)
    with pytest.raises(EngineDown, match="No space left"):
        indexing.rebuild()

    rebuild = state().rebuild
    assert rebuild is not None
    assert "No space left on device" in rebuild.trouble
