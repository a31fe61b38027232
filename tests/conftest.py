"""What all tests share: a database that is ready quickly, a place of their own, services named when missing."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.core.cache import cache

from portal.project.catalogues import compile_catalogues
from tests import database
from tests.depth import Depth
from tests.services.names import SKIPPED, skipped_parts

DEEP = os.environ.get("DEEP") == "1"
REQUIRE_ALL = os.environ.get("REQUIRE_ALL") == "1"

hypothesis.settings.register_profile("sample", max_examples=25, derandomize=True, deadline=None)
hypothesis.settings.register_profile("deep", max_examples=1000, deadline=None)
hypothesis.settings.load_profile("deep" if DEEP else "sample")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Screens speak the languages of the catalogues as they are now; workers find the work done."""
    if not hasattr(session.config, "workerinput"):
        compile_catalogues()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Whatever could not be proven is said aloud."""
    for line in skipped_parts(os.environ.get(SKIPPED, "")):
        terminalreporter.write_line(line, yellow=True, bold=True)


JOURNEYS = Path(__file__).parent / "journeys"


def pytest_itemcollected(item: pytest.Item) -> None:
    """Marked as soon as it is found: before `-m` chooses."""
    if JOURNEYS in item.path.parents:
        item.add_marker("journey")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys come last: a browser driven from this thread leaves an event loop running in it."""
    items.sort(key=lambda item: JOURNEYS in item.path.parents)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Each worker has a database of its own, which starts as a copy of one that is already migrated."""
    database.start_from_a_migrated_copy()


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Nobody drops a test database: the folder or cluster it lies in is thrown away after the run.

    (Dropping waits for every connection, also of threads that a test of sockets left behind.)
    """
    return True


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path, settings: Any) -> Iterator[None]:
    """Uploads and caches of one test never meet those of another."""
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def depth(request: pytest.FixtureRequest) -> Depth:
    """How far a deep test goes in this run: a seeded sample, or everything."""
    return Depth(full=DEEP, random=random.Random(request.node.nodeid))


def _needed(variable: str, part: str) -> str:
    address = os.environ.get(variable, "")
    if address:
        return address
    missing = f"{part} IS NOT HERE: {variable} is empty; `make test` starts one"
    if REQUIRE_ALL:
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture(scope="session")
def elasticsearch_url() -> str:
    """Address of a real Elasticsearch of this run."""
    return _needed("ELASTICSEARCH_URL", "ELASTICSEARCH")


@pytest.fixture(scope="session")
def redis_url() -> str:
    """Address of a real Redis of this run."""
    return _needed("REDIS_URL", "REDIS")


@pytest.fixture(scope="session")
def imap_server() -> str:
    """Two ports and a certificate of a real mail server of this run."""
    return _needed("IMAP_SERVER", "DOVECOT")


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """Address of a real PostgreSQL of this run, for tests that start processes of their own."""
    return _needed("POSTGRES_URL", "POSTGRESQL")


@pytest.fixture(autouse=True)
def _words_are_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine the smallest vocabulary is slow to read; a test must not be answered from an earlier one's."""
    monkeypatch.setattr("kb.search.renewed.QUICK", float("inf"))
