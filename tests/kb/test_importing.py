"""A spreadsheet of questions: every row's mistakes are shown, then all rows become drafts or none."""

from __future__ import annotations

import contextlib
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from kb import importing
from kb.models import Article
from tests.factories.answers import topic
from tests.factories.kb import article, indexed
from tests.people import carol

pytestmark = pytest.mark.django_db
HEAD = "question_lt;answer_lt;text_lt;words_lt;question_ru;topic;code\n"
GOOD = (
    HEAD + "Kur gauti vežimėlį?;Centre.;Eikite į centrą.;vežimėlis;Где взять коляску?;bustas;\n;;;;Сколько стоит?;;\n"
)


def xlsx(*rows: tuple[str | int | None, ...]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    sheet: Any = book.active
    for row in rows:
        sheet.append(row)
    book.save(out)
    return out.getvalue()


def send(client: Client, data: bytes | str, name: str = "klausimai.csv", **more: str) -> int:
    content = data.encode() if isinstance(data, str) else data
    client.force_login(carol())
    file = SimpleUploadedFile(name, content)
    response = client.post("/cms/knowledge/questions/", {"file": file, **more})
    client.seen = response.content.decode()  # type: ignore[attr-defined]
    return response.status_code


def test_questions_are_shown_first_and_then_become_drafts(client: Client) -> None:
    topic()
    assert send(client, GOOD) == 200
    assert not Article.objects.exists()
    assert send(client, GOOD, sure="1") == 302
    first, second = Article.objects.order_by("code")
    assert (first.live, first.code, first.owner) == (False, "A-001", carol())
    assert (first.title_lt, first.title_ru, first.resident_words_lt) == (
        "Kur gauti vežimėlį?",
        "Где взять коляску?",
        "vežimėlis",
    )
    assert (first.body_lt, [one.code for one in first.topics.all()]) == ("<p>Eikite į centrą.</p>", ["bustas"])
    assert (second.source_language, second.translation_state("ru")) == ("ru", "source")


def test_a_workbook_is_read_as_well(client: Client) -> None:
    data = xlsx(("question_en", "answer_en"), ("Where?", "Here."), (None, None), (2026, "A year"))
    assert send(client, data, "questions.xlsx", sure="1") == 302
    assert set(Article.objects.values_list("title_en", flat=True)) == {"Where?", "2026"}


def test_an_answer_that_comes_near_is_shown_beside_the_question(client: Client) -> None:
    article()
    indexed()
    send(client, "question_lt\nKaip gauti šildymo kompensacijas?\n")
    assert "/cms/snippets/kb/article/edit/" in client.seen  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (";Atsakymas;;;;;", "The question is missing."),
        (f"{'k' * 201};;;;;;", "question_lt: at most 200 signs, these are 201."),
        ("Kur?;;;;;nera;", "topic: there is no “nera”."),
        ("Kur?;;;;;;A-777", "code: “A-777” is taken or is no code."),
        ("Kur?;;;;;;a b", "code: “a b” is taken or is no code."),
        ("Kas ten?;;;;;;", "The same stands in row 2."),
    ],
)
def test_what_is_wrong_in_a_row_is_said_and_nothing_is_made(client: Client, row: str, said: str) -> None:
    article("A-777")
    assert send(client, f"{HEAD}Kas ten?;;;;;;\n{row}\n", sure="1") == 422
    assert said in client.seen  # type: ignore[attr-defined]
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "a.csv", "a column with the question is missing"),
        (b"question_lt\n", "a.csv", "has no questions"),
        (b"question_lt,evil\nx,y\n", "a.csv", "not known: evil"),
        (b"question_lt,question_lt\nx,y\n", "a.csv", "stands twice"),
        (b"question_lt\n\xff\xfe", "a.csv", "not in UTF-8"),
        (b"question_lt\n\0", "a.csv", "no CSV"),
        (b"PK\x03\x04 nothing", "a.xlsx", "no XLSX"),
        (b"question_lt\n" + b"x\n" * 2001, "a.csv", "more than 2000"),
        (b"x" * (5 * 1024 * 1024 + 1), "a.csv", "larger than 5 MB"),
    ],
)
def test_a_broken_or_huge_file_is_refused_in_a_sentence(client: Client, data: bytes, name: str, said: str) -> None:
    assert send(client, data, name) == 422
    assert said in client.seen  # type: ignore[attr-defined]


def test_a_script_in_a_cell_is_not_kept(client: Client) -> None:
    send(client, "question_lt,text_lt\nKur?,<p>x<script>alert(1)</script></p>\n", sure="1")
    assert Article.objects.get().body_lt == "<p>x</p>"


@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.xlsx"]))
def test_whatever_is_sent_is_read_or_refused(data: bytes, name: str) -> None:
    with contextlib.suppress(importing.Unreadable):
        rows = importing.read(b"question_lt\n" + data if name == "a.csv" else data, name)
        assert all(row.cells for row in rows)
