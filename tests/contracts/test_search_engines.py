"""What every search engine promises. One suite for all of them, and all of them answer alike."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from kb.search.analysis import grams, key, stem, words
from kb.search.documents import ArticleDocument, Audience, DocumentText
from kb.search.engines.base import GRAMS, MOST, STEMS, Clause, EngineHit, EngineQuery, SearchEngine
from kb.search.engines.dummy import DummyEngine
from kb.search.engines.elasticsearch import ElasticsearchEngine
from kb.search.engines.embedded import EmbeddedEngine
from portal.core.languages import LANGUAGES

ENGINES = ("dummy", "embedded", "elasticsearch")


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchEngine]:
    with made(request.param, request, tmp_path) as engine:
        yield engine


@contextmanager
def made(name: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[SearchEngine]:
    if name == "embedded":
        yield EmbeddedEngine(directory=str(folder / "search"))
    elif name == "elasticsearch":
        url, prefix = request.getfixturevalue("elasticsearch_url"), f"test-{uuid.uuid4().hex[:8]}"
        yield ElasticsearchEngine(url=url, prefix=prefix, seconds=30)
        with Elasticsearch(url) as client:
            for index in client.indices.get(index=f"{prefix}-*"):
                client.indices.delete(index=index)
    else:
        yield DummyEngine()


def document(
    code: str, *, audience: Audience = Audience.PUBLIC, kind: str = "article", **texts: str
) -> ArticleDocument:
    return ArticleDocument(kind, code, {name: DocumentText(text) for name, text in texts.items()}, audience)


def question(
    text: str,
    *,
    language: str = "lt",
    audiences: frozenset[Audience] = frozenset({Audience.PUBLIC}),
    kinds: frozenset[str] | None = None,
    limit: int = MOST,
) -> EngineQuery:
    asked = words(text)
    parts = [
        tuple(Clause(STEMS, code, stem(word, code), 1.0 if code == language else 0.3) for code in LANGUAGES)
        for word in asked
    ]
    pieces = dict.fromkeys(gram for word in asked for gram in grams(key(word)))
    parts += [tuple(Clause(GRAMS, code, gram, 0.5) for code in LANGUAGES) for gram in pieces]
    return EngineQuery(tuple(parts), audiences, kinds, limit)


HEATING = document("A-1", lt="Šildymo kompensacija", ru="Компенсация за отопление")
MEALS = document("A-2", lt="Maitinimas ir maisto kortelė", ru="Питание")
NIGHT = document("nakvyne", kind="service", lt="Nakvynė žmogui be namų", uk="Нічліг")
NOTE = document("A-1", audience=Audience.STAFF, lt="Slaptažodžio klauskite vadovo")
ALL = (HEATING, MEALS, NIGHT, NOTE)


def codes(hits: tuple[EngineHit, ...]) -> list[str]:
    return [hit.code for hit in hits]


def test_a_resident_finds_by_a_word_in_another_form(engine: SearchEngine) -> None:
    engine.rebuild(ALL)

    assert codes(engine.search(question("kompensacijos")).hits) == ["A-1"]


def test_a_resident_finds_by_the_word_of_another_language(engine: SearchEngine) -> None:
    engine.rebuild(ALL)

    assert codes(engine.search(question("отопление")).hits) == ["A-1"]


def test_a_resident_finds_without_diacritics_and_in_other_letters(engine: SearchEngine) -> None:
    engine.rebuild(ALL)

    assert codes(engine.search(question("nichlih")).hits)[:1] == ["nakvyne"]
    assert codes(engine.search(question("sildymo")).hits)[:1] == ["A-1"]


def test_a_resident_never_meets_what_is_for_staff(engine: SearchEngine) -> None:
    engine.rebuild(ALL)

    assert engine.search(question("slaptažodžio")).hits == ()
    staff = engine.search(question("slaptažodžio", audiences=frozenset(Audience))).hits
    assert [(hit.code, hit.audience) for hit in staff] == [("A-1", Audience.STAFF)]


def test_the_words_of_a_note_are_not_offered_to_anybody(engine: SearchEngine) -> None:
    engine.rebuild(ALL)

    assert "slaptažodžio" not in engine.vocabulary("lt")
    assert engine.vocabulary("lt")["kompensacija"] == 1


def test_only_the_wanted_kinds_come(engine: SearchEngine) -> None:
    engine.rebuild([*ALL, document("maistas", kind="service", lt="Maisto kortelė")])

    assert codes(engine.search(question("maisto", kinds=frozenset({"service"}))).hits) == ["maistas"]


def test_only_what_is_about_the_wanted_things_comes_and_says_so(engine: SearchEngine) -> None:
    family = ArticleDocument("article", "A-5", {"lt": DocumentText("Maistas")}, topics=("seima", "pinigai"))
    old = ArticleDocument(
        "article", "A-6", {"lt": DocumentText("Maistas")}, topics=("senatve",), institutions=("kspc",)
    )
    engine.rebuild([family, old])

    asked = replace(question("maistas"), about={"topics": frozenset({"senatve", "krize"})})
    (hit,) = engine.search(asked).hits
    assert (hit.code, hit.about) == ("A-6", old.about)
    other = replace(question("maistas"), about={"languages": frozenset({"lt"}), "topics": frozenset({"seima"})})
    assert [set(hit.about.topics) for hit in engine.search(other).hits] == [{"seima", "pinigai"}]
    assert engine.search(replace(question("maistas"), about={"languages": frozenset({"ru"})})).hits == ()


def test_each_hit_says_which_parts_of_the_question_it_has(engine: SearchEngine) -> None:
    engine.rebuild(ALL)
    asked = EngineQuery(
        tuple((Clause(STEMS, "lt", stem(word, "lt"), 1.0),) for word in ("šildymo", "maisto", "kompensacija"))
    )

    assert {hit.code: hit.parts for hit in engine.search(asked).hits} == {"A-1": 0b101, "A-2": 0b010}


def test_a_part_that_nothing_can_show_is_shown_by_nothing(engine: SearchEngine) -> None:
    engine.rebuild(ALL)
    asked = EngineQuery(((Clause(STEMS, "lt", stem("šildymo", "lt"), 1.0),), (), ()))

    assert {hit.code: hit.parts for hit in engine.search(asked).hits} == {"A-1": 0b1}


def test_a_change_is_seen_by_the_next_search(engine: SearchEngine) -> None:
    engine.rebuild(ALL)
    before = engine.generation()

    engine.put("article", ["A-2"], [document("A-2", lt="Drabužiai")])

    assert codes(engine.search(question("drabužiai")).hits) == ["A-2"]
    assert engine.search(question("maitinimas")).hits == ()
    assert engine.generation() != before


def test_what_is_taken_away_is_gone_with_its_note(engine: SearchEngine) -> None:
    engine.rebuild(ALL)

    engine.put("article", ["A-1"], [])

    assert engine.search(question("šildymo slaptažodžio", audiences=frozenset(Audience))).hits == ()
    assert engine.count() == 2


def test_a_whole_kind_can_be_brought_up_to_date(engine: SearchEngine) -> None:
    engine.rebuild(ALL)

    engine.put("article", None, [MEALS])

    assert engine.search(question("šildymo")).hits == ()
    assert engine.count() == 2


def test_building_anew_forgets_what_was(engine: SearchEngine) -> None:
    engine.rebuild(ALL)
    seen: list[int] = []

    assert engine.rebuild([MEALS], progress=seen.append) == 1

    assert engine.search(question("šildymo")).hits == ()
    assert seen == [1]


def test_no_more_than_asked_for_and_never_more_than_the_most(engine: SearchEngine) -> None:
    engine.rebuild([document(f"A-{number}", lt="Pagalba namuose") for number in range(30)])

    assert len(engine.search(question("pagalba", limit=7)).hits) == 7
    with pytest.raises(ValueError, match="limit 201"):
        engine.search(question("pagalba", limit=MOST + 1))


def test_a_question_without_words_finds_nothing(engine: SearchEngine) -> None:
    engine.rebuild(ALL)

    assert engine.search(EngineQuery(())).hits == ()


TEXTS = (
    "Pagalba į namus senyvo amžiaus žmonėms",
    "Šildymo ir karšto vandens išlaidų kompensacija nepasiturinčioms šeimoms ir vieniems gyvenantiems žmonėms",
    "Vienkartinė materialinė parama, kai ištiko nelaimė, liga ar gaisras, " * 6,
    "Socialinė pašalpa šeimai, kurios pajamos mažos",
    "Laikinas atokvėpis artimąjį slaugančiai šeimai",
)


@pytest.mark.parametrize("asked", ["pagalba šeimai", "kompensacija žmonėms", "parama šeimai kai liga", "pasalpa"])
def test_engines_score_as_the_written_out_formula_does(engine: SearchEngine, asked: str) -> None:
    documents = [document(f"A-{number}", lt=text, ru="Помощь") for number, text in enumerate(TEXTS)]
    measure = DummyEngine()
    measure.rebuild(documents)
    engine.rebuild(documents)

    expected, found = measure.search(question(asked)).hits, engine.search(question(asked)).hits

    assert codes(found) == codes(expected)
    assert [hit.parts for hit in found] == [hit.parts for hit in expected]
    assert [hit.score for hit in found] == pytest.approx([hit.score for hit in expected], rel=1e-3)
