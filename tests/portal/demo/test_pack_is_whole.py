"""What a reader would stumble over in Klaipėda's pack, beyond what the loader itself refuses.

`load_content_pack --check` proves keys, codes and links of what it loads; here the words are proven:
the same promise in all four languages, no sum or phone typed in, nothing in another language's letters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from portal.core.languages import LANGUAGES
from portal.pages.links import NAMES

PACK = Path(__file__).parents[3] / "portal" / "demo" / "klaipeda"
FILES = {path.relative_to(PACK).as_posix(): yaml.safe_load(path.read_text()) for path in PACK.rglob("*.yaml")}
ARTICLES: dict[str, Any] = {data["code"]: data for name, data in FILES.items() if name.startswith("articles/")}
SERVICES: dict[str, Any] = {data["code"]: data for name, data in FILES.items() if name.startswith("services/")}
TOPICS = {topic["code"] for topic in FILES["topics.yaml"]}
QUICK_REPLIES: list[dict[str, Any]] = FILES["quick_replies.yaml"]
PAGES = set(NAMES)
# Words as residents type them: in any letters, with any quotes.
TYPED = {"resident_words", "slug", "search_example", "popular_searches"}


def texts(data: Any, place: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every text in the pack's languages, with its place; what residents type is left out."""
    if isinstance(data, list):
        for number, item in enumerate(data):
            yield from texts(item, f"{place}[{number}]")
    elif isinstance(data, dict) and set(data) & set(LANGUAGES) and set(data) <= set(LANGUAGES):
        if all(isinstance(text, str) for text in data.values()):
            yield place, data
    elif isinstance(data, dict):
        for key, value in data.items():
            if key not in TYPED:
                yield from texts(value, f"{place}.{key}")


ALL = [(f"{name}{place}", said) for name, data in FILES.items() for place, said in texts(data)]
WORDS_OF_TAGS = re.compile(r"<[^>]+>")


def everywhere(pattern: str, *languages: str) -> list[str]:
    """Places whose visible words match."""
    return [
        f"{place}.{language}"
        for place, said in ALL
        for language in languages or LANGUAGES
        if re.search(pattern, WORDS_OF_TAGS.sub(" ", said.get(language, "")))
    ]


def test_the_first_fifteen_questions_are_answered() -> None:
    assert {f"A-{number:03}" for number in range(1, 16)} <= set(ARTICLES)


@pytest.mark.parametrize("code", ARTICLES)
def test_an_answer_is_in_all_four_languages_but_for_those_left_out_on_purpose(code: str) -> None:
    article = ARTICLES[code]
    for name in ("title", "slug", "short_answer", "body", "internal_note", "phone_form", "resident_words"):
        assert set(article[name]) == set(LANGUAGES) - set(article["untranslated"]), name


@pytest.mark.parametrize("code", ARTICLES)
def test_what_could_not_be_checked_is_said_together_with_whom_to_ask(code: str) -> None:
    for language, body in ARTICLES[code]["body"].items():
        last = body.strip().rpartition("<p><strong>")[2]
        assert "{{phone:kspc}}" in last or "112" in last, language


def test_every_service_has_an_answer() -> None:
    assert set(SERVICES) == {code for article in ARTICLES.values() for code in article["services"]}


def test_no_answer_names_more_services_than_the_interface_lists() -> None:
    assert [code for code, article in ARTICLES.items() if len(article["services"]) > 3] == []


@pytest.mark.parametrize("code", [code for code, item in ARTICLES.items() if item.get("is_sensitive")])
def test_an_answer_about_danger_begins_with_the_emergency_number(code: str) -> None:
    for language, said in ARTICLES[code]["short_answer"].items():
        assert "112" in said.partition(".")[0], language


@pytest.mark.parametrize("what", [r"<(\w+)", r'href="([^"]+)"', r"\{\{[^}]+\}\}"], ids=["tags", "links", "sums"])
def test_each_language_says_the_same(what: str) -> None:
    different = [
        f"{place}.{language}"
        for place, said in ALL
        for language in said
        if Counter(re.findall(what, said[language])) != Counter(re.findall(what, said["lt"]))
    ]
    assert different == []


def test_links_to_pages_lead_somewhere() -> None:
    named = {name for _, said in ALL for text in said.values() for name in re.findall(r'href="page:([^"]*)"', text)}
    assert named <= PAGES


def test_links_of_the_information_pages_lead_somewhere() -> None:
    known = {"service": set(SERVICES), "article": set(ARTICLES), "topic": TOPICS}
    known["institution"] = {institution["code"] for institution in FILES["institutions.yaml"]}
    found = [
        link
        for place, said in ALL
        if place.startswith(("pages.yaml", "quick_replies.yaml"))
        for text in said.values()
        for link in re.findall(r'href="(service|article|institution|topic):([^"]*)"', text)
    ]
    assert [(kind, code) for kind, code in found if code not in known[kind]] == []


def test_no_sum_is_typed_in() -> None:
    assert everywhere(r"\d\s?(€|EUR|eur\b|евро\b|євро\b)|€\s?\d") == []


def test_no_phone_is_typed_in() -> None:
    assert everywhere(r"\+370|\b8[ -]\(?\d|\(0 ?46\)") == []


def test_quotation_marks_are_those_of_the_language() -> None:
    assert everywhere(r"\"|''|``") == []
    assert everywhere(r"[«»“‘’]“|[«»]", "lt", "en") == []
    assert everywhere(r"[„“”]", "ru", "uk") == []


def test_ukrainian_has_its_own_apostrophe_and_no_russian_letters() -> None:
    assert everywhere(r"'|[ыэъёЫЭЪЁ]", "uk") == []


def test_russian_has_no_ukrainian_letters() -> None:
    assert everywhere(r"[іїєґІЇЄҐ]", "ru") == []


def test_quick_replies_are_complete_and_ready_to_send() -> None:
    assert len({reply["code"] for reply in QUICK_REPLIES}) == len(QUICK_REPLIES) >= 12
    for reply in QUICK_REPLIES:
        assert set(reply["text"]) == set(LANGUAGES), reply["code"]
        assert reply["topic"] is None or reply["topic"] in TOPICS, reply["code"]
        assert not any(re.search(r"[\[\]{}_]|…", text) for text in reply["text"].values()), reply["code"]
