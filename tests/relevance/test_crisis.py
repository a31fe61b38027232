"""The city's words of danger: whoever is in danger sees the card first, hardly anybody else does."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from kb.search.analysis import words
from kb.search.synonyms import WordLists, crisis_of
from portal.core.languages import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
PRECISION, RECALL = 0.95, 0.9


@pytest.fixture(scope="module")
def lists() -> WordLists:
    """Made of the pack of the demonstration city."""
    pack = yaml.safe_load((ROOT / "portal/demo/klaipeda/words.yaml").read_text(encoding="utf-8"))
    return WordLists({}, crisis_of((code, text) for code, texts in pack["crisis"].items() for text in texts))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_comes_for_those_in_danger_and_hardly_for_others(lists: WordLists, language: str) -> None:
    typed = yaml.safe_load((Path(__file__).parent / "crisis.yaml").read_text(encoding="utf-8"))[language]
    raised = {kind: [text for text in texts if lists.is_crisis(words(text))] for kind, texts in typed.items()}

    found, wrong = len(raised["danger"]), raised["other"]
    assert found / max(1, found + len(wrong)) >= PRECISION, wrong
    assert found / len(typed["danger"]) >= RECALL, set(typed["danger"]) - set(raised["danger"])


def test_no_golden_question_of_everyday_matters_startles_anybody(lists: WordLists) -> None:
    for language in LANGUAGES:
        rows = yaml.safe_load((Path(__file__).parent / f"golden_{language}.yaml").read_text(encoding="utf-8"))
        startled = [row["ask"] for row in rows if lists.is_crisis(words(row["ask"]))]

        assert len(startled) <= len(rows) // 4, startled
