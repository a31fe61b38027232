"""How the API answers, whatever is asked: only read, not too often, to any page, known again."""

from __future__ import annotations

import pytest
from django.test import Client

from portal.api import answering
from portal.core.throttling import Limit

pytestmark = pytest.mark.usefixtures("town")


def test_nothing_can_be_changed() -> None:
    for answer in (Client().post("/api/v1/services"), Client().delete("/api/v1/services/pasalpa")):
        assert answer.status_code == 405
        assert answer["Allow"] == "GET, HEAD, OPTIONS"
        assert answer.json()["status"] == 405


def test_a_program_may_look_whether_something_is_there() -> None:
    assert Client().head("/api/v1/services/pasalpa").status_code == 200
    assert Client().head("/api/v1/services/nera").status_code == 404


def test_whoever_asks_too_often_is_told_when_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "BRAKE", Limit("api", times=1, seconds=60))
    Client().get("/api/v1/charter")
    answer = Client().get("/api/v1/charter")

    assert answer.status_code == 429
    assert answer["Retry-After"] == "60"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer.json()["title"] == "Too Many Requests"


@pytest.mark.parametrize("path", ["services", "services/pasalpa", "charter", "measurements", "openapi.json"])
def test_whoever_has_the_answer_already_is_told_so(path: str) -> None:
    first = Client().get(f"/api/v1/{path}")
    again = Client().get(f"/api/v1/{path}", headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == first["ETag"]
    assert Client().get(f"/api/v1/{path}", headers={"If-None-Match": '"other"'}).status_code == 200


def test_another_page_may_read_every_answer_and_every_problem() -> None:
    for path in ("services", "services/nera", "services?limit=0", "nothing"):
        assert Client().get(f"/api/v1/{path}")["Access-Control-Allow-Origin"] == "*"


def test_a_browser_that_asks_first_may_send_what_it_has() -> None:
    answer = Client().options("/api/v1/services", headers={"Origin": "https://other.example"})

    assert answer.status_code == 204
    assert "If-None-Match" in answer["Access-Control-Allow-Headers"]


@pytest.mark.parametrize(("accept", "status"), [("*/*", 200), ("application/json", 200), ("text/turtle", 406)])
def test_who_wants_another_form_is_told_which_there_are(accept: str, status: int) -> None:
    assert Client().get("/api/v1/services", headers={"Accept": accept}).status_code == status


def test_answers_may_be_kept_a_minute_but_what_was_searched_never() -> None:
    assert Client().get("/api/v1/services")["Cache-Control"] == "public, max-age=60"
    assert Client().get("/api/v1/search?q=pagalba")["Cache-Control"] == "no-store"


def test_no_answer_sets_a_cookie() -> None:
    assert not Client().get("/api/v1/services").cookies
