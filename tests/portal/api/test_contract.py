"""Whatever the description of the API allows is answered as it says; whatever it forbids is refused as it says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode

from portal.api import answering
from portal.api.v1 import api
from portal.core.throttling import Limit
from tests.depth import Depth

pytestmark = [pytest.mark.usefixtures("made"), pytest.mark.deep]
DESCRIPTION: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), default=str))
PATHS = sorted(DESCRIPTION["paths"])
# Where something can be asked for that does not fit; any text fits a header.
ASKED = [
    path
    for path in PATHS
    if any(parameter["in"] != "header" for parameter in DESCRIPTION["paths"][path]["get"]["parameters"])
]


@pytest.fixture(autouse=True)
def _asked_inside_this_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No brake; and the connection of the test, with the town in it, stays open between requests."""
    monkeypatch.setattr(answering, "BRAKE", Limit("api", times=1_000_000, seconds=60))
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def cases(path: str, mode: GenerationMode) -> st.SearchStrategy[Case[Any]]:
    schema = schemathesis.openapi.from_dict(DESCRIPTION)
    schema.app = WSGIHandler()
    return schema[path]["GET"].as_strategy(generation_mode=mode)


def ask(strategy: st.SearchStrategy[Case[Any]], *, times: int, seed: int) -> None:
    """The seed makes a sample that failed fail again."""

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=times, deadline=None, database=None, suppress_health_check=list(hypothesis.HealthCheck)
    )
    @hypothesis.given(case=strategy)
    def asked(case: Case[Any]) -> None:
        case.call_and_validate(headers={"Host": "testserver"})

    asked()


@pytest.mark.parametrize("path", PATHS)
def test_what_the_description_allows_is_answered_as_it_says(path: str, depth: Depth) -> None:
    ask(cases(path, GenerationMode.POSITIVE), times=depth.times(full=300, sample=15), seed=8)


@pytest.mark.parametrize("path", ASKED)
def test_what_the_description_forbids_is_refused_as_it_says(path: str, depth: Depth) -> None:
    ask(cases(path, GenerationMode.NEGATIVE), times=depth.times(full=300, sample=15), seed=9)
