"""Lists come in parts, in one language if asked, and only with what changed if asked."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client

from charter.models import BaseAmount, Institution, Service
from kb.models import Article
from portal.api import changes
from portal.api.models import Change

pytestmark = [pytest.mark.usefixtures("town"), pytest.mark.postgres]
KINDS = ("services", "institutions", "topics", "articles", "charters", "standards")
MORNING = dt.datetime(2026, 11, 24, 8, tzinfo=dt.UTC)
NOON = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)


def get(path: str, **query: Any) -> Any:
    answer = Client().get(f"/api/v1/{path}", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def looked_at(moment: dt.datetime) -> int:
    with time_machine.travel(moment, tick=False):
        return changes.note()


@pytest.mark.parametrize("name", [*KINDS, "measurements"])
def test_following_next_gives_everything_once_in_one_order(name: str) -> None:
    whole = get(name)
    found, part = [], get(name, limit=7)
    while part["next"]:
        found += part["items"]
        part = get(part["next"].partition("/api/v1/")[2])
    found += part["items"]

    assert len(found) == whole["count"]
    assert found[: len(whole["items"])] == whole["items"]


def test_the_next_part_asks_for_the_same_things() -> None:
    answer = Client().get("/api/v1/services?limit=2&language=uk&foreign=1")
    url = answer.json()["next"]

    assert "language=uk" in url
    assert "foreign" not in url
    assert answer["Link"] == f'<{url}>; rel="next"'


@pytest.mark.parametrize("name", [*KINDS, "measurements"])
def test_in_one_language_there_is_no_word_of_another(name: str) -> None:
    for item in get(name, language="uk", limit=20)["items"]:
        texts = [value for key, value in item.items() if isinstance(value, dict) and key != "urls"]
        assert all(set(text) <= {"uk"} for text in texts)


def test_what_cannot_be_read_in_a_language_is_not_in_its_list() -> None:
    Article.objects.filter(code="A-001").update(translated_from={})

    assert "A-001" not in {item["code"] for item in get("articles", language="ru")["items"]}
    assert "A-001" in {item["code"] for item in get("articles", language="lt")["items"]}


def test_a_translation_of_an_older_text_says_so() -> None:
    service = Service.objects.get(code="pasalpa")
    service.summary_lt = "Kitaip."
    service.save()

    assert get("services/pasalpa")["outdated"] == ["ru", "en", "uk"]


def test_only_what_changed_since_the_last_look_is_given() -> None:
    looked_at(MORNING)
    since = get("services")["as_of"]
    Service.objects.filter(code="pasalpa").update(summary_lt="Pinigai pragyvenimui.")
    looked_at(NOON)
    part = get("services", changed_since=since)

    assert [item["code"] for item in part["items"]] == ["pasalpa"]
    assert part["items"][0]["changed_at"] == part["as_of"] == "2026-11-24T12:00:00Z"
    assert part["gone"] == []


def test_what_was_withdrawn_is_named() -> None:
    looked_at(MORNING)
    Service.objects.get(code="pasalpa").unpublish()
    looked_at(NOON)
    part = get("services", changed_since=MORNING.isoformat())

    assert part["gone"] == ["pasalpa"]
    assert get("services")["gone"] is None


def test_what_came_back_is_gone_no_more() -> None:
    looked_at(MORNING)
    Institution.objects.filter(code="kspc").update(live=False)
    looked_at(NOON)
    Institution.objects.filter(code="kspc").update(live=True)
    looked_at(NOON + dt.timedelta(hours=1))

    assert get("institutions", changed_since=MORNING.isoformat())["gone"] == []
    assert not Change.objects.get(kind="institutions", code="kspc").is_gone


def test_what_nobody_looked_at_yet_counts_as_changed() -> None:
    assert get("services", changed_since=NOON.isoformat())["count"] == get("services")["count"]


def test_a_sum_that_rose_is_a_change_of_every_text_that_names_it() -> None:
    looked_at(MORNING)
    BaseAmount.objects.filter(code="VRP").update(amount=999)
    looked_at(NOON)
    changed = {(item["kind"], item["code"]) for item in get("changes", since=MORNING.isoformat())["items"]}

    assert ("services", "pasalpa") in changed
    assert ("institutions", "kspc") not in changed


def test_looking_twice_notes_nothing_new() -> None:
    assert looked_at(MORNING) > 100
    assert looked_at(NOON) == 0


def test_every_change_leads_to_its_entry() -> None:
    looked_at(MORNING)
    for kind in (*KINDS, "measurements"):
        for item in get("changes", kind=kind, limit=2)["items"]:
            found = get(item["url"].partition("/api/v1/")[2])
            assert item["code"] in {found.get("code"), *(one["code"] for one in found.get("items", []))}


def test_a_withdrawn_entry_stands_in_the_changes_without_an_address() -> None:
    looked_at(MORNING)
    Article.objects.get(code="A-001").unpublish()
    looked_at(NOON)
    items = get("changes", since=MORNING.isoformat(), kind="articles")["items"]

    assert [(item["code"], item["url"]) for item in items if item["is_gone"]] == [("A-001", None)]


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2026-11-25t09:30:00z"])
def test_any_moment_there_is_may_be_asked_for(moment: str) -> None:
    assert get("services", changed_since=moment)["items"] is not None
    assert get("changes", since=moment)["count"] == 0


def test_seconds_since_1970_are_no_moment() -> None:
    assert Client().get("/api/v1/services?changed_since=0.0").status_code == 422
