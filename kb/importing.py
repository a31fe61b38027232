"""Questions from a spreadsheet: every row is looked at and shown with what is wrong; then all of them become drafts.

The first row names the columns: `question_lt`, `answer_ru`, `text_en`, `words_uk` …, and `topic`, `service`, `code`.
Only a question in one language is a must.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from charter.models import Service
from kb.codes import next_code
from kb.duplicates import Alike, alike
from kb.models import Article, Topic
from portal.core import audit
from portal.core.languages import LANGUAGES, column
from portal.core.models import User
from portal.core.readable import Readable
from portal.core.rich_text import clean

LARGEST = 5 * 1024 * 1024
MOST_ROWS = 2000
MOST_UNPACKED = 100 * 1024 * 1024
TEXTS = {"question": "title", "answer": "short_answer", "text": "body", "words": "resident_words"}
_COLUMN = re.compile(rf"({'|'.join(TEXTS)})_({'|'.join(LANGUAGES)})")
OTHERS = ("code", "topic", "service")


class Unreadable(ValueError):
    """The file as a whole cannot be read; the text says why, for the one who sent it."""


@dataclass(slots=True)
class Row(Readable):
    """One question of the file: `number` is its row there."""

    number: int
    cells: Mapping[str, str]
    wrong: list[str] = field(default_factory=list)
    near: list[Alike] = field(default_factory=list)

    @property
    def language(self) -> str:
        """The first language it has a question in."""
        return next((code for code in LANGUAGES if self.cells.get(f"question_{code}")), "")

    @property
    def question(self) -> str:
        return self.cells.get(f"question_{self.language}", "")


def read(data: bytes, name: str) -> list[Row]:
    """Every row with what is wrong with it. Raises Unreadable."""
    if len(data) > LARGEST:
        raise Unreadable(_("The file is larger than 5 MB."))
    lines = _from_xlsx(data) if name.lower().endswith(".xlsx") else _from_csv(data)
    head = [cell.strip().casefold() for cell in next(lines, [])]
    _check_head(head)
    rows: list[Row] = []
    for number, line in enumerate(lines, 2):
        if len(rows) >= MOST_ROWS:
            raise Unreadable(_("The file has more than %(most)s questions.") % {"most": MOST_ROWS})
        cells = {name: cell.strip() for name, cell in zip(head, line, strict=False) if name and cell.strip()}
        if cells:
            rows.append(Row(number, cells))
    if not rows:
        raise Unreadable(_("The file has no questions."))
    _check(rows)
    return rows


def _check_head(head: list[str]) -> None:
    unknown = [name for name in head if name and name not in OTHERS and not _COLUMN.fullmatch(name)]
    if unknown:
        raise Unreadable(_("Row 1: this column is not known: %(names)s.") % {"names": ", ".join(unknown[:5])[:200]})
    twice = {name for name in head if name and head.count(name) > 1}
    if twice:
        raise Unreadable(_("Row 1: this column stands twice: %(names)s.") % {"names": ", ".join(sorted(twice))})
    if not any(name.startswith("question_") for name in head):
        raise Unreadable(_("Row 1: a column with the question is missing, for example question_lt."))


def _from_csv(data: bytes) -> Iterator[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(_("The file is not in UTF-8: save it as “CSV UTF-8” or as XLSX.")) from None
    if "\0" in text:
        raise Unreadable(_("This is no CSV file."))
    comma = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    try:
        yield from csv.reader(io.StringIO(text), delimiter=comma)
    except csv.Error as error:
        raise Unreadable(_("This is no CSV file.")) from error


def _from_xlsx(data: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(one.file_size for one in archive.infolist()) > MOST_UNPACKED:
                raise Unreadable(_("The file is larger than 5 MB."))
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for values in book.worksheets[0].iter_rows(max_col=60, values_only=True):
            yield ["" if value is None else str(value) for value in values]
    except Unreadable:
        raise
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, OSError, SyntaxError) as error:
        raise Unreadable(_("This is no XLSX file.")) from error


def _check(rows: Iterable[Row]) -> None:
    """Say of each row what is wrong and which answers come near."""
    topics = set(Topic.objects.values_list("code", flat=True))
    services = set(Service.objects.values_list("code", flat=True))
    taken = set(Article.objects.values_list("code", flat=True))
    seen: dict[str, int] = {}
    for row in rows:
        if not row.language:
            row.wrong.append(_("The question is missing."))
        for name, text in row.cells.items():
            longest = _longest(name)
            if longest and len(text) > longest:
                row.wrong.append(
                    _("%(column)s: at most %(most)s signs, these are %(length)s.")
                    % {"column": name, "most": longest, "length": len(text)}
                )
        for name, known in (("topic", topics), ("service", services)):
            row.wrong += [
                _("%(column)s: there is no “%(code)s”.") % {"column": name, "code": code[:40]}
                for code in _codes(row, name)
                if code not in known
            ]
        code = row.cells.get("code", "")
        if code and (code in taken or not re.fullmatch(r"[\w-]{1,40}", code, re.ASCII)):
            row.wrong.append(_("code: “%(code)s” is taken or is no code.") % {"code": code[:40]})
        for what in filter(None, (code, row.question.casefold())):
            if what in seen:
                row.wrong.append(_("The same stands in row %(number)s.") % {"number": seen[what]})
            seen.setdefault(what, row.number)
        row.near = alike(row.question, row.language) if row.language and not row.wrong else []


def _longest(name: str) -> int | None:
    found = _COLUMN.fullmatch(name)
    return getattr(Article._meta.get_field(column(TEXTS[found[1]], found[2])), "max_length", None) if found else None


def _codes(row: Row, name: str) -> list[str]:
    return [code.strip() for code in row.cells.get(name, "").split(",") if code.strip()]


@transaction.atomic
def make(rows: list[Row], *, by: User) -> int:
    """All of them as drafts, or none. Raises ValueError when something is wrong with any."""
    if any(row.wrong for row in rows):
        raise ValueError("rows with mistakes")
    for row in rows:
        article = Article(code=row.cells.get("code") or next_code(), live=False, owner=by, source_language=row.language)
        for name, text in row.cells.items():
            found = _COLUMN.fullmatch(name)
            if found:
                value = str(clean(linebreaks(text))) if found[1] == "text" and "<" not in text else text
                setattr(article, column(TEXTS[found[1]], found[2]), value)
        article.save()
        article.topics.set(Topic.objects.filter(code__in=_codes(row, "topic")))
        article.services.set(Service.objects.filter(code__in=_codes(row, "service")))
        article.save()
        article.save_revision(user=by, clean=False)
        audit.record("article.imported", article, by=by)
    return len(rows)
