"""When the cluster is down, slow or talks nonsense, residents get the same answers from the embedded index."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from kb.search.documents import ArticleDocument, DocumentText
from kb.search.engines import engines
from kb.search.engines.base import STEMS, Clause, EngineDown, EngineQuery, SearchEngine

ASKED = EngineQuery(((Clause(STEMS, "lt", "sildym", 1.0),),))
ANSWER = {
    "hits": {"hits": [{"_id": "article A-9 public", "_score": 1.0, "matched_queries": ["0"]}]},
    "_shards": {"total": 1, "successful": 1, "failed": 0},
}


@dataclass
class Cluster:
    """A line that behaves as it is told."""

    status: int = 200
    body: bytes = b""
    pause: float = 0.0
    asked: list[str] = field(default_factory=list)
    url: str = ""

    def is_well(self) -> None:
        self.status, self.body, self.pause = 200, json.dumps(ANSWER).encode(), 0.0


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    state = Cluster()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            state.asked.append(self.path)
            time.sleep(state.pause)
            self.send_response(state.status)
            self.send_header("X-Elastic-Product", "Elasticsearch")
            self.send_header("Content-Type", "application/vnd.elasticsearch+json; compatible-with=8")
            self.send_header("Content-Length", str(len(state.body)))
            self.end_headers()
            self.wfile.write(state.body)

        def log_message(self, *args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    state.url = f"http://127.0.0.1:{server.server_port}"
    yield state
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def engine(cluster: Cluster, settings: Any, tmp_path: Path) -> SearchEngine:
    settings.SEARCH = {
        "default": {
            "BACKEND": "kb.search.engines.elasticsearch.ElasticsearchEngine",
            "OPTIONS": {"url": cluster.url, "fallback": "embedded"},
        },
        "embedded": {
            "BACKEND": "kb.search.engines.embedded.EmbeddedEngine",
            "OPTIONS": {"directory": str(tmp_path / "search")},
        },
    }
    engines["embedded"].rebuild([ArticleDocument("article", "A-1", {"lt": DocumentText("Šildymas")})])
    return engines.default


TROUBLES: dict[str, dict[str, Any]] = {
    "too many requests": {"status": 429, "body": b'{"error": "busy"}'},
    "broken": {"status": 503, "body": b'{"error": "no master"}'},
    "a page of HTML": {"body": b"<html>Welcome</html>"},
    "half an answer": {"body": b'{"hits": {}}'},
    "slow": {"pause": 0.7, "body": json.dumps(ANSWER).encode()},
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_alice_is_answered_by_the_embedded_index(engine: SearchEngine, cluster: Cluster, trouble: str) -> None:
    for name, value in TROUBLES[trouble].items():
        setattr(cluster, name, value)
    began = time.monotonic()

    answer = engine.search(ASKED)

    assert ([hit.code for hit in answer.hits], answer.is_fallback) == (["A-1"], True)
    assert time.monotonic() - began < 0.8


def test_a_cluster_that_failed_twice_is_left_alone(engine: SearchEngine, cluster: Cluster) -> None:
    cluster.status = 503
    for _ in range(5):
        engine.search(ASKED)

    assert len(cluster.asked) == 2


def test_a_cluster_that_is_well_again_answers_again_within_a_minute(
    engine: SearchEngine, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster.status = 503
    for _ in range(2):
        engine.search(ASKED)
    cluster.is_well()
    assert engine.search(ASKED).is_fallback

    later = time.monotonic() + 60
    monkeypatch.setattr("kb.search.engines.breaker.time.monotonic", lambda: later)

    assert [hit.code for hit in engine.search(ASKED).hits] == ["A-9"]


def test_a_cluster_without_our_index_asks_for_it(engine: SearchEngine, cluster: Cluster) -> None:
    cluster.status, cluster.body = 404, b'{"error": {"type": "index_not_found_exception"}, "status": 404}'

    answer = engine.search(ASKED)

    assert (answer.is_fallback, answer.wants_rebuild) == (True, True)


def test_a_change_the_cluster_did_not_take_is_said_but_the_embedded_index_has_it(
    engine: SearchEngine, cluster: Cluster
) -> None:
    cluster.status = 503

    with pytest.raises(EngineDown):
        engine.put("article", ["A-2"], [ArticleDocument("article", "A-2", {"lt": DocumentText("Šildymas")})])

    assert {hit.code for hit in engines["embedded"].search(ASKED).hits} == {"A-1", "A-2"}
