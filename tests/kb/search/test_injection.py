"""Whatever is typed into the box: an answer, never a fault, never a draft or a note."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from kb.search import finder, log
from kb.selectors import Reader
from tests.depth import Depth
from tests.factories.kb import article, indexed

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
NASTY = (
    'title:*', '* OR 1=1', '"unclosed', "(((((", "a AND (b OR", "field:[1 TO *]", "~2 ^5 !-+&&||", "/.*/", "/(a+)+$/",
    "\\", "\\u0000", "\x00", "a\x00b", "\u202egnp.exe", "\ufeff", "\ud7ff", "𝕳𝖊𝖆𝖙𝖎𝖓𝖌", "עִבְרִית", "שלום",
    "漢字かな",
    "🙂" * 50,
    "'; DROP TABLE kb_article; --", "<script>alert(1)</script>", "{{7*7}} ${7*7}", "%00%ff",
    "../../etc/passwd", "_", "__proto__",
    "slaptas", "SLAPTAS~", "slapt*", "note:slaptas internal_note", "a" * 10_000, "ab " * 4_000,
    "č" * 10_000, "\n" * 500,
    "-1", "0", "1e309", "NaN", "null", "undefined", "true", " ", "\u00a0", "\u200b", "ß ŉ ǰ", "İstanbul",
    "ﬀ ﬁ", "ь ъ ьъ", "", "š", "ir ar bet kad", "и в на не", "the of and", "šilдымo kомпensacija",
    "שילדימס šildymas",
    "sildymas" * 1_250, "šildymo AND NOT (komp*) OR title:\"x\"~5^2", "1; SELECT pg_sleep(9)",
    "<img src=x onerror=alert(1)>",
)  # fmt: skip


@pytest.fixture
def alice() -> Client:
    log._waiting.take()
    article(internal_note_lt="<p>Slaptas slaptažodis</p>", phone_form_lt="Slaptas")
    article("A-002", live=False, title_lt="Slaptas juodraštis apie šildymą", languages=())
    indexed()
    return Client(headers={"user-agent": "Mozilla/5.0"})


def fed(client: Client, text: str) -> str:
    answer = client.get(f"/lt/search/?{urlencode({'q': text, 'kind': text[:50], 'page': text[:9]})}")
    assert answer.status_code == 200
    narrowed = {"q": text, "topic": text, "office": text, "in": [text, "lt"]}
    assert client.get("/lt/search/", narrowed).status_code == 200
    assert client.get(f"/lt/search/suggest/?{urlencode({'q': text})}").status_code == 200
    return answer.content.decode()


def shown(page: str) -> str:
    """What stands in the results, without the typed words that are given back in the box and the title."""
    return page.partition('class="hits"')[2].partition("</ol>")[0]


@pytest.mark.parametrize("number", range(len(NASTY)))
def test_nothing_typed_breaks_the_page_or_opens_a_drawer(alice: Client, number: int) -> None:
    assert "slapt" not in shown(fed(alice, NASTY[number])).lower()


def test_scripts_come_back_as_words(alice: Client) -> None:
    assert "<script>alert" not in fed(alice, "šildymo <script>alert(1)</script>")


@pytest.mark.deep
def test_made_up_texts_neither(alice: Client, depth: Depth) -> None:
    @given(st.text(max_size=300))
    def typed(text: str) -> None:
        hits = finder.find(text, language="lt", reader=Reader.RESIDENT).hits
        assert {hit.code for hit in hits} <= {"A-001"}
        assert not any(hit.note or "Slapt" in hit.snippet_html + hit.title_html for hit in hits)

    typed()


def test_pages_beyond_the_last_are_empty_and_no_fault(alice: Client) -> None:
    for page in ("0", "-1", "21", "999", "9999999999", "²", "x"):
        assert alice.get("/lt/search/", {"q": "šildymo", "page": page}).status_code == 200
    assert finder.find("šildymo", language="lt", reader=Reader.RESIDENT, limit=10**9, offset=-5).total == 1
