"""Clara exchanges files with another system: checked first, loaded whole or not at all, and never twice."""

import csv
import datetime as dt
import hashlib
import io
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from portal.core.models import AuditEntry
from portal.registry.access import RIGHTS, May
from portal.registry.exchange import actions, loading, reading, writing
from portal.registry.law import restricting
from portal.registry.models import (
    ExchangeProfile,
    ExchangeRun,
    Post,
    PostRole,
    Programme,
    Recipient,
    RunState,
    Visit,
)
from portal.registry.refusals import Refused
from portal.registry.visits import actions as visits
from tests.portal.registry.conftest import CENTRE, Catalogue, MakeEntry, post

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
At = Callable[[Post], Client]
COLUMNS = {"code": "Kodas", "name": "Pavardė", "birth_date": "Gimė", "phone": "Tel.", "language": "Kalba"}
ANNA = ["44001010002", "Petrova Anna", "1940-01-02", "+37060000002", "RUS"]
BELA = ["", "Zuikė Bela", "02.03.1941", "", "LIT"]


@pytest.fixture(autouse=True)
def _place(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def made(by: Post, **changes: Any) -> ExchangeProfile:
    facts: dict[str, Any] = {
        "name": "SPIS",
        "kind": "recipients",
        "format": "csv",
        "encoding": "utf-8",
        "delimiter": ";",
        "columns": COLUMNS,
        "codes": {"language": {"RUS": "ru", "LIT": "lt"}},
    }
    return actions.save_profile(None, facts | changes, by=by)


def table(*rows: list[str], names: list[str] | None = None, encoding: str = "utf-8", delimiter: str = ";") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([names or list(COLUMNS.values()), *rows])
    return out.getvalue().encode(encoding)


def workbook(*rows: list[Any], names: list[str] | None = None) -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in [names or list(COLUMNS.values()), *rows]:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def kept(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "sent"
    path.write_bytes(content)
    return path


def test_the_same_file_twice_changes_nothing(tmp_path: Path, clara: Post) -> None:
    profile, path = made(clara), kept(tmp_path, table(ANNA, BELA))
    first = loading.take(path, profile, by=clara, keep=True)
    assert (first.counts, first.mistakes) == ({"rows": 2, "new": 2, "changed": 0, "known": 0, "wrong": 0}, [])
    assert loading.take(path, profile, by=clara, keep=True).known == 2
    anna = Recipient.objects.get(name="Petrova Anna")
    assert (anna.code, anna.language, anna.birth_date) == ("44001010002", "ru", dt.date(1940, 1, 2))
    assert "44001010002" not in anna.code_encrypted


def test_checking_leaves_no_trace(tmp_path: Path, clara: Post) -> None:
    before = AuditEntry.objects.count()
    outcome = loading.take(kept(tmp_path, table(ANNA, BELA)), made(clara), by=clara, keep=False)
    assert (outcome.new, Recipient.objects.count()) == (2, 0)
    assert AuditEntry.objects.count() == before + 1  # the profile


def test_one_mistake_and_nothing_is_loaded(tmp_path: Path, clara: Post) -> None:
    wrong = ["", "", "1940-13-01", "", "POL"]
    outcome = loading.take(kept(tmp_path, table(ANNA, wrong, BELA)), made(clara), by=clara, keep=True)
    assert Recipient.objects.count() == 0
    assert outcome.mistakes == [{"line": 3, "column": "Pavardė", "why": "cell_is_empty", "facts": {}}]


@pytest.mark.parametrize(
    ("cells", "why", "column"),
    [
        (["", "Anna", "31.02.1940", "", ""], "cell_is_no_day", "Gimė"),
        (["", "Anna", "", "", "POL"], "cell_is_no_code", "Kalba"),
        (["", "A" * 121, "", "", ""], "cell_too_long", "Pavardė"),
    ],
)
def test_each_mistake_has_its_line_column_and_sentence(
    tmp_path: Path, clara: Post, cells: list[str], why: str, column: str
) -> None:
    outcome = loading.take(kept(tmp_path, table(ANNA, cells)), made(clara), by=clara, keep=False)
    (mistake,) = outcome.mistakes
    assert (mistake["line"], mistake["column"], mistake["why"]) == (3, column, why)
    assert Refused(why, **mistake["facts"]).sentence


def test_an_empty_cell_changes_nothing_and_a_new_phone_does(tmp_path: Path, clara: Post) -> None:
    profile = made(clara)
    loading.take(kept(tmp_path, table(ANNA)), profile, by=clara, keep=True)
    changed = loading.take(kept(tmp_path, table([*ANNA[:3], "+37060000009", ""])), profile, by=clara, keep=True)
    anna = Recipient.objects.get()
    assert (changed.changed, anna.phone, anna.language) == (1, "+37060000009", "ru")


def test_another_departments_person_is_not_told_and_a_restricted_one_not_changed(
    tmp_path: Path, clara: Post, hanna: Post
) -> None:
    profile = made(clara)
    loading.take(kept(tmp_path, table(ANNA)), profile, by=clara, keep=True)
    stranger = post("Dan", PostRole.CLERK, "Vaiko gerovės centras")
    outcome = loading.take(kept(tmp_path, table(ANNA)), profile, by=stranger, keep=True)
    assert outcome.mistakes[0]["why"] == "person_is_elsewhere"
    assert "Petrova" not in str(outcome.mistakes)
    restricting.restrict(Recipient.objects.get(), ground="claim", reason="court", by=hanna)
    again = loading.take(kept(tmp_path, table([*ANNA[:3], "+37060000009", ""])), profile, by=clara, keep=True)
    assert again.mistakes[0]["why"] == "record_is_restricted"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1257", "cp1251"])
@pytest.mark.parametrize("kind", ["csv", "xlsx", "xml"])
def test_what_goes_out_comes_in_again_as_it_was(tmp_path: Path, clara: Post, kind: str, encoding: str) -> None:
    name = "=Петрова, Анна" if encoding != "cp1257" else "=Žąsytė, Ona"
    columns = dict(COLUMNS) if encoding != "cp1251" else dict(zip(COLUMNS, "abcde", strict=True))
    profile = made(clara, format=kind, encoding=encoding, columns=columns)
    Recipient.objects.create(name=name, birth_date=dt.date(1940, 1, 2), language="ru", department=CENTRE)
    day = dt.date(2026, 1, 1)
    content, rows = writing.content(profile, first=day, last=day, by=clara)
    assert rows == 1
    if kind == "csv":
        assert "'=" in content.decode(encoding)
    outcome = loading.take(kept(tmp_path, content), profile, by=clara, keep=True)
    assert (outcome.known, outcome.mistakes) == (1, [])


def test_letters_that_an_encoding_has_not_are_not_lost_in_silence(clara: Post) -> None:
    Recipient.objects.create(name="Петрова", department=CENTRE)
    day = dt.date(2026, 1, 1)
    with pytest.raises(Refused, match="no_such_letters"):
        writing.content(made(clara, encoding="cp1257"), first=day, last=day, by=clara)


VISIT_COLUMNS = {
    "code": "Kodas",
    "day": "Diena",
    "at": "Laikas",
    "minutes": "Min.",
    "worker": "Kas",
    "outcome": "Kaip",
    "service:help": "Pagalba, min.",
    "service:bath": "Maudymas, kartai",
}
VISIT = ["44001010001", "2026.11.02", "9:00", "60", "daiva", "taip", "60", ""]
SECOND = ["44001010001", "03.11.2026", "09.30", "30", "daiva", "taip", "", "1"]


@pytest.mark.usefixtures("frozen")
def test_a_departments_spreadsheet_becomes_visits_once_however_its_rows_are_sorted(
    tmp_path: Path, clara: Post, daiva: Post, programme: Programme, catalogue: Catalogue
) -> None:
    profile = made(clara, kind="visits", columns=VISIT_COLUMNS, codes={"outcome": {"taip": "done"}})
    names = list(VISIT_COLUMNS.values())
    first = loading.take(kept(tmp_path, table(VISIT, SECOND, names=names)), profile, by=clara, keep=True)
    assert (first.new, first.mistakes) == (2, [])
    again = loading.take(kept(tmp_path, table(SECOND, VISIT, names=names)), profile, by=clara, keep=True)
    assert (again.new, again.known) == (0, 2)
    assert sorted(Visit.objects.values_list("minutes", "provided__service__code", "provided__times")) == [
        (30, "bath", 1),
        (60, "help", 1),
    ]
    content, _rows = writing.content(profile, first=dt.date(2026, 11, 1), last=dt.date(2026, 11, 30), by=clara)
    assert loading.take(kept(tmp_path, content), profile, by=clara, keep=True).known == 2


@pytest.mark.usefixtures("frozen", "programme", "catalogue")
@pytest.mark.parametrize(
    ("position", "cell", "why"),
    [
        (0, "99999999999", "person_is_unknown"),
        (1, "2026-12-24", "visit_in_the_future"),
        (1, "2026-09-01", "no_programme_that_day"),
        (2, "25:00", "cell_is_no_hour"),
        (3, "sixty", "cell_is_no_number"),
        (4, "nobody", "worker_is_unknown"),
        (6, "90", "minutes_do_not_fit"),
    ],
)
def test_a_visit_of_a_file_obeys_the_rules_of_any_visit(
    tmp_path: Path, clara: Post, daiva: Post, position: int, cell: str, why: str
) -> None:
    profile = made(clara, kind="visits", columns=VISIT_COLUMNS, codes={"outcome": {"taip": "done"}})
    row = [*VISIT[:position], cell, *VISIT[position + 1 :]]
    path = kept(tmp_path, table(row, names=list(VISIT_COLUMNS.values())))
    assert loading.take(path, profile, by=clara, keep=True).mistakes[0]["why"] == why


def zipped(content: bytes, name: str = "xl/worksheets/sheet1.xml") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(name, content)
    return out.getvalue()


LAUGHS = b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><rows><row><a>&b;</a></row></rows>'


@pytest.mark.parametrize(
    ("kind", "content", "why"),
    [
        ("xlsx", zipped(b"0" * 5000), "file_unpacks_too_large"),
        ("xlsx", zipped(LAUGHS), "file_names_entities"),
        ("xlsx", b"PK not a workbook", "file_is_broken"),
        ("xlsx", zipped(b"<a/>"), "file_is_broken"),
        ("xml", LAUGHS, "file_names_entities"),
        ("xml", b"<rows><row>", "file_is_broken"),
        ("xml", b"\x00\x01", "file_is_broken"),
        ("csv", b"\xff\xfe\x00", "not_in_that_encoding"),
        ("csv", b"a;b\n1;2\n", "columns_are_missing"),
        ("csv", b"", "columns_are_missing"),
    ],
)
def test_a_hostile_or_broken_file_is_named_as_such(
    tmp_path: Path, clara: Post, monkeypatch: pytest.MonkeyPatch, kind: str, content: bytes, why: str
) -> None:
    monkeypatch.setattr(reading, "UNPACKED", 4000)
    outcome = loading.take(kept(tmp_path, content), made(clara, format=kind), by=clara, keep=True)
    assert [one["why"] for one in outcome.mistakes] == [why]
    assert Refused(why, **outcome.mistakes[0]["facts"]).sentence


def test_a_workbooks_days_and_numbers_are_read(tmp_path: Path, clara: Post) -> None:
    content = workbook([44001010002, "Anna", dt.datetime(1940, 1, 2), 860000002, "RUS"])  # noqa: DTZ001  (a cell's)
    outcome = loading.take(kept(tmp_path, content), made(clara, format="xlsx"), by=clara, keep=True)
    assert (outcome.new, outcome.mistakes) == (1, [])
    assert Recipient.objects.get().code == "44001010002"


def test_a_great_many_broken_rows_are_counted_and_not_all_told(tmp_path: Path, clara: Post, depth: Any) -> None:
    """A million in the deep run; the sample is shorter and holds the same bound of memory."""
    rows = 1_000_000 if depth.full else 60_000
    path = tmp_path / "many.csv"
    with path.open("w") as out:
        out.write(";".join(COLUMNS.values()) + "\n")
        out.writelines(f";;not a day {n};;\n" for n in range(rows))
    tracemalloc.start()
    outcome = loading.take(path, made(clara), by=clara, keep=True)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (outcome.rows, outcome.wrong, len(outcome.mistakes)) == (rows, rows, loading.TOLD)
    assert peak < 4 * 1024 * 1024
    assert Recipient.objects.count() == 0


def test_a_profile_changes_by_versions_and_names_what_it_lacks(clara: Post) -> None:
    first = made(clara)
    facts = {"name": "SPIS", "kind": "recipients", "format": "csv", "encoding": "utf-8", "delimiter": ","}
    second = actions.save_profile(first, {**facts, "columns": COLUMNS, "codes": {}}, by=clara)
    first.refresh_from_db()
    assert (first.is_latest, second.version, second.code) == (False, 2, first.code)
    with pytest.raises(Refused, match="profile_lacks_columns"):
        made(clara, columns={"code": "Kodas"})
    with pytest.raises(Refused, match="profile_names_a_column_twice"):
        made(clara, columns={"code": "x", "name": "x"})
    assert made(clara).code == "spis-2"


SENT = "/en/registry/exchange/"


def test_the_way_of_a_file_on_the_screen(at: At, clara: Post, django_capture_on_commit_callbacks: Any) -> None:
    browser = at(clara)
    columns = {f"column-{name}": column for name, column in COLUMNS.items()}
    facts = {
        "name": "SPIS",
        "format": "csv",
        "encoding": "utf-8",
        "delimiter": ";",
        "codes-language": "RUS = ru\nLIT = lt",
    }
    assert "Error:" in browser.post(f"{SENT}profiles/recipients/", {"name": "SPIS"}).content.decode()
    assert browser.post(f"{SENT}profiles/recipients/", facts | columns).status_code == 302
    profile = ExchangeProfile.objects.get()
    assert profile.codes == {"language": {"RUS": "ru", "LIT": "lt"}}
    assert "Kodas" in browser.get(f"{SENT}profiles/recipients/{profile.pk}/").content.decode()
    content = table(ANNA, BELA)
    with django_capture_on_commit_callbacks(execute=True):
        sent = {"take-profile": profile.pk, "take-file": SimpleUploadedFile("people.csv", content)}
        answer = browser.post(f"{SENT}take/", sent)
    run = ExchangeRun.objects.get()
    assert answer["Location"].endswith(f"{run.pk}/")
    assert (run.state, run.digest) == (RunState.CHECKED, hashlib.sha256(content).hexdigest())
    assert Recipient.objects.count() == 0
    assert "Load the file" in browser.get(f"{SENT}{run.pk}/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"{SENT}{run.pk}/load/")
    run.refresh_from_db()
    assert (run.state, run.counts["new"], run.kept_name) == (RunState.LOADED, 2, "")
    assert run.digest in browser.get(f"{SENT}{run.pk}/").content.decode().replace("<wbr>", "")
    assert list(actions.folder().iterdir()) == []
    again = browser.post(f"{SENT}{run.pk}/load/", follow=True).content.decode()
    assert "Check the file again" in again
    given = {"give-profile": profile.pk, "give-first": "2026-11-01", "give-last": "2026-11-30"}
    assert "Error:" in browser.post(f"{SENT}give/", given).content.decode()
    answer = browser.post(f"{SENT}give/", given | {"give-reason": "to SPIS, monthly"})
    assert "44001010002" in answer.content.decode()
    assert ExchangeRun.objects.get(state=RunState.SENT).digest == hashlib.sha256(answer.content).hexdigest()
    assert "SPIS" in browser.get(SENT).content.decode()


def test_mistakes_are_read_on_the_screen(at: At, clara: Post, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        run = actions.check(made(clara), SimpleUploadedFile("p.csv", table(["", "Anna", "soon", "", ""])), by=clara)
    html = at(clara).get(f"{SENT}{run.pk}/").content.decode()
    assert "Write the day as" in html
    assert "Gimė" in html
    assert "Load the file" not in html


def test_files_that_were_never_loaded_are_forgotten(clara: Post) -> None:
    run = actions.check(made(clara), SimpleUploadedFile("p.csv", table(ANNA)), by=clara)
    assert actions.forget_files(run.at) == 0
    assert actions.forget_files(run.at + dt.timedelta(days=8)) == 1
    assert list(actions.folder().iterdir()) == []


@pytest.mark.parametrize("role", list(PostRole))
def test_clerks_and_heads_exchange_and_nobody_else(at: At, clara: Post, role: PostRole) -> None:
    profile = made(clara)
    run = actions.check(profile, SimpleUploadedFile("p.csv", table(ANNA)), by=clara)
    may = May.EXCHANGE in RIGHTS[role]
    browser = at(post("Somebody", role))
    for address in ("", "profiles/recipients/", f"profiles/recipients/{profile.pk}/", f"{run.pk}/"):
        assert (browser.get(SENT + address).status_code == 200) == may, address
    for address in ("take/", "give/"):
        assert (browser.post(SENT + address).status_code == 200) == may, address
    assert may == (role in (PostRole.CLERK, PostRole.HEAD))
    stranger = at(post("Dan", PostRole.CLERK, "Vaiko gerovės centras"))
    assert stranger.get(f"{SENT}{run.pk}/").status_code == 404
    assert stranger.post(f"{SENT}{run.pk}/load/").status_code == 404


def test_an_entry_of_a_page_and_of_a_file_are_not_two_visits(
    frozen: Any, tmp_path: Path, clara: Post, daiva: Post, entry: MakeEntry
) -> None:
    visits.record(entry(), worker=daiva.user, by=daiva)
    profile = made(clara, kind="visits", columns=VISIT_COLUMNS, codes={"outcome": {"taip": "done"}})
    path = kept(tmp_path, table(VISIT, names=list(VISIT_COLUMNS.values())))
    assert loading.take(path, profile, by=clara, keep=True).mistakes[0]["why"] == "visit_is_there"
    assert Visit.objects.count() == 1
