"""The consultant's finder: notes and drafts are found, the list is narrowed, answers are read on the spot."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from kb.search.engines import engines
from kb.search.engines.base import EngineAnswer, EngineQuery, SearchEngine
from tests.chat import ground
from tests.chat.desk.ground import address, at_the_desk
from tests.factories import kb
from tests.factories.answers import topic
from tests.factories.kb import indexed

pytestmark = pytest.mark.django_db


@pytest.fixture
def bob() -> Client:
    family = topic("seima")
    kb.article(
        "A-001", body_lt="<p>Visas atsakymas apie <strong>katilą</strong>.</p>", internal_note_lt="Klauskite Onos"
    )
    made = kb.article("A-002", title_lt="Šildymo kompensacija šeimai", languages=())
    made.topics.set([family])
    made.save()
    kb.article("A-003", title_lt="Šildymo kompensacijos juodraštis", live=False, languages=())
    indexed()
    return at_the_desk()


def pane(client: Client, **query: str) -> str:
    answer = client.get(address("consultation", ground.taken_by_bob()), query)
    assert answer.status_code == 200
    return answer.content.decode().partition('aria-labelledby="kh"')[2]


def titles(page: str) -> int:
    return page.count('class="found__title"')


def test_drafts_and_notes_are_found_and_marked(bob: Client) -> None:
    page = pane(bob, k="šildymo kompensacija")

    assert titles(page) == 3
    assert re.search(r'tag--care">.{0,400}?(Juodraštis|Draft)', page, re.S)
    assert "Klauskite Onos" in page


def test_the_whole_answer_is_read_without_leaving_the_conversation(bob: Client) -> None:
    page = pane(bob, k="šildymo kompensacija")

    assert "Visas atsakymas apie <strong>katilą</strong>." in page
    assert page.count('<details class="read">') == 1


@pytest.mark.parametrize(
    ("query", "count"), [({"topic": "seima"}, 1), ({"for": "staff"}, 2), ({"in": "ru"}, 1), ({"topic": ""}, 3)]
)
def test_the_list_is_narrowed_by_topic_language_and_whom_it_is_for(
    bob: Client, query: dict[str, str], count: int
) -> None:
    page = pane(bob, k="šildymo kompensacija onos", **query)

    assert titles(page) == count
    assert "know-narrow" in page
    assert ("selected" in page) == any(query.values())


def test_bob_is_told_when_a_stand_in_answers(bob: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    real = type(engines.default).search

    def stand_in(engine: SearchEngine, query: EngineQuery) -> EngineAnswer:
        return EngineAnswer(real(engine, query).hits, is_fallback=True)

    assert "stand-in" not in pane(bob, k="šildymo")
    monkeypatch.setattr(type(engines.default), "search", stand_in)

    assert re.search("stand-in|pavaduo", pane(bob, k="šildymo"))
