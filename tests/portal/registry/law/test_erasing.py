"""Alice is erased: nothing of her is found in any table or file, and what is counted stays counted."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client

from portal.core import retention, uploads
from portal.core.crypto import Unreadable, decrypt
from portal.core.models import AuditEntry
from portal.registry import actions as cases
from portal.registry.law import erasing, graph, keeping, looks, restricting
from portal.registry.models import Act, Case, Erasure, Post, Produced, Programme, Provided, Recipient, Visit
from portal.registry.months import actions as months
from portal.registry.papers import actions as papers
from portal.registry.programmes import actions as programmes
from portal.registry.recipients import actions
from portal.registry.refusals import Refused
from portal.registry.visits import actions as visits
from tests.portal.registry.conftest import CENTRE, MakeEntry, post
from tests.portal.registry.papers.files import docx

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
At = Callable[[Post], Client]
NOON = dt.datetime(2026, 11, 25, 10, tzinfo=dt.UTC)
FACTS = {
    "name": "Zuikytė Alisa",
    "phone": "+37061234567",
    "email": "alisa.zuikyte@pavyzdys.lt",
    "address": "Kiškių g. 7-12",
    "district": "Zuikynas",
    "birth_date": dt.date(1940, 1, 1),
    "other_languages": "jidiš",
}
CODE, PAPER = "44001010001", "NP-770077"
# Whatever of these stands anywhere afterwards tells who it was.
CANARIES = (
    *("Zuikyt", "zuikit", "zuikyte", "61234567", "Kiškių", "Zuikynas", "jidiš", CODE, PAPER),
    *("sarginė kiškė", "Pilypas", "prosenelė", "1940-01-01"),
)


@pytest.fixture
def chief(db: None) -> Post:
    """The data-protection officer of the whole registry."""
    return post("Chief", "officer", "")


def told_everything(alice: Recipient, hanna: Post, daiva: Post, programme: Programme, entry: MakeEntry) -> None:
    """A record with something in every room: papers, household, notes, files, visits, an act, a document, looks."""
    actions.change(alice, FACTS, code=CODE, by=hanna)
    actions.add_paper(alice, kind="health", number=PAPER, issued_on=None, expires_on=None, by=hanna)
    actions.add_member(alice, name="Pilypas", relation="spouse", income_cents=1, by=hanna)
    actions.add_representative(alice, {"name": "Pilypas", "relation": "spouse", "phone": "+37061234567"}, by=hanna)
    actions.add_income(alice, valid_from=dt.date(2026, 1, 1), cents=1, source="Pilypas", by=hanna)
    case = alice.cases.get()
    cases.add_note(case, "Her prosenelė called.", author="Pilypas", by=hanna)
    cases.record_contact(case, "Pilypas rang.", channel="phone", by=hanna)
    path = uploads.folder() / "0123456789abcdef0123456789abcdef.pdf"
    path.write_bytes(b"%PDF-1.4 Zuikyt")
    cases.add_document(case, path, name="Zuikytės pažyma.pdf", by=None)
    visits.record(entry(note="A sarginė kiškė opened."), worker=daiva.user, by=daiva)
    template = papers.upload("contract", "lt", SimpleUploadedFile("a.docx", docx("{{ person.name }}")), by=hanna)
    papers.publish(template, by=hanna)
    papers.produce(programme, by=hanna)
    looks.say(alice, reason="other", words="Zuikytė Alisa rang, Kiškių g.", by=hanna)
    actions.reveal(alice, by=hanna, reason="Zuikytė Alisa, Алиса Зуйките, 44001010001 compared")
    restricting.restrict(alice, ground="claim", reason="Zuikytė asked", by=hanna)
    restricting.lift(alice, reason="Zuikytė agreed", by=hanna)


def everything_there_is() -> str:
    """Every cell of every table, what is encrypted opened, and every file of the upload folder."""
    cells = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            cells += [str(cell) for row in cursor.fetchall() for cell in row]
    text = "\n".join(cells)
    for token in re.findall(r"gAAAA[\w=-]+", text):
        try:
            text += decrypt(token)
        except Unreadable:
            continue
    for path in uploads.folder().iterdir():
        text += path.name + path.read_bytes().decode("utf-8", "replace")
        if path.suffix == ".docx":
            text += zipfile.ZipFile(io.BytesIO(path.read_bytes())).read("word/document.xml").decode()
    return text


@pytest.fixture
def place(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path


def ended(programme: Programme, hanna: Post) -> None:
    programmes.end(programme, last_day=dt.date(2026, 11, 25), reason="moved away", by=hanna)


@pytest.mark.usefixtures("place")
def test_nothing_of_her_is_left_anywhere(
    alice: Recipient,
    hanna: Post,
    daiva: Post,
    chief: Post,
    clara: Post,
    programme: Programme,
    entry: MakeEntry,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with time_machine.travel(NOON, tick=False):
        told_everything(alice, hanna, daiva, programme, entry)
        ended(programme, hanna)
    before = everything_there_is()
    assert all(canary in before for canary in CANARIES)
    with time_machine.travel("2026-12-02 10:00Z", tick=False):
        months.close(months.prepare(CENTRE, dt.date(2026, 11, 1), by=clara), by=hanna)
    with time_machine.travel("2037-01-10 10:00Z", tick=False):
        erasure = erasing.prepare(alice, ground="term", by=hanna)
        with django_capture_on_commit_callbacks(execute=True):
            erasing.confirm(erasure, by=chief)
    after = everything_there_is()
    assert [canary for canary in CANARIES if canary in after] == []
    assert Act.objects.get().cost_cents == 1250
    assert Visit.objects.count() == Provided.objects.count() == Programme.objects.count() == Case.objects.count() == 1
    erasure.refresh_from_db()
    assert erasure.rest_on is None
    assert erasure.done["registry.CaseNote"] == 1


@pytest.mark.usefixtures("place")
def test_what_accounts_ask_for_is_kept_to_its_day_and_then_goes_by_itself(
    alice: Recipient, hanna: Post, daiva: Post, chief: Post, programme: Programme, entry: MakeEntry
) -> None:
    with time_machine.travel(NOON, tick=False):
        told_everything(alice, hanna, daiva, programme, entry)
        ended(programme, hanna)
    with time_machine.travel("2026-12-01 10:00Z", tick=False):
        erasure = erasing.confirm(erasing.prepare(alice, ground="asked", by=hanna), by=chief)
        alice.refresh_from_db()
        assert (alice.name, alice.phone, alice.address) == ("Zuikytė Alisa", "", "")
        assert alice.household.count() == alice.papers.count() == alice.incomes.count() == 0
        assert alice.cases.get().notes.count() == Produced.objects.count() == 1
        assert erasure.rest_on == dt.date(2032, 1, 1)
        assert retention.rows()["registry.erasure"].forget is not None
    with time_machine.travel("2032-01-05 10:00Z", tick=False):
        retention.forget_what_is_due()
        erasure.refresh_from_db()
        assert (alice.cases.get().notes.count(), Produced.objects.count()) == (0, 1)
        assert erasure.rest_on == dt.date(2037, 1, 1)
    with time_machine.travel("2037-01-05 10:00Z", tick=False):
        retention.forget_what_is_due()
        alice.refresh_from_db()
        assert keeping.is_erased(alice)
        assert (alice.code_index, alice.code, alice.birth_date) == (None, "", None)
        assert Produced.objects.count() == 0


def test_nobody_is_erased_while_somebody_works_for_her(
    frozen: Any, alice: Recipient, hanna: Post, programme: Programme
) -> None:
    with pytest.raises(Refused, match="care_goes_on"):
        erasing.prepare(alice, ground="asked", by=hanna)


@pytest.mark.usefixtures("place")
def test_a_second_person_confirms_and_once_settled_it_stays(
    frozen: Any, hanna: Post, chief: Post, alice: Recipient
) -> None:
    cases.withdraw(alice.cases.get(), by=hanna)
    with pytest.raises(Refused, match="no_ground"):
        erasing.prepare(alice, ground="because", by=hanna)
    erasure = erasing.prepare(alice, ground="asked", by=hanna)
    with pytest.raises(Refused, match="prepared_already"):
        erasing.prepare(alice, ground="asked", by=chief)
    with pytest.raises(Refused, match="second_person_erases"):
        erasing.confirm(erasure, by=hanna)
    erasing.call_off(erasure, by=hanna)
    with pytest.raises(Refused, match="erasure_is_settled"):
        erasing.confirm(erasure, by=chief)
    alice.refresh_from_db()
    assert alice.name == "Alice"


def test_a_restored_backup_does_not_bring_her_back(
    hanna: Post,
    chief: Post,
    settings: Any,
    tmp_path: Any,
    capsys: pytest.CaptureFixture[str],
    django_capture_on_commit_callbacks: Any,
) -> None:
    settings.DATA_DIR = tmp_path
    bela = actions.write_down({"name": "Bela Zuikė", "phone": "+37060000001"}, code="", by=hanna)
    call_command("erase_again")
    with django_capture_on_commit_callbacks(execute=True):
        erasing.confirm(erasing.prepare(bela, ground="asked", by=hanna), by=chief)
    Recipient.objects.filter(pk=bela.pk).update(name="Bela Zuikė", phone="+37060000001")
    call_command("erase_again")
    bela.refresh_from_db()
    assert (bela.name, bela.phone) == ("–", "")
    assert "Bela" not in (tmp_path / "erased.jsonl").read_text()


def test_every_table_about_people_is_reached_by_export_and_erasure() -> None:
    """A table whose row in the retention list says "about people" hangs on a recipient, or is named here with why."""
    about = {label for label, row in retention.rows().items() if label.startswith("registry.") and row.basis == PUBLIC}
    reached = {table.label.lower() for table in graph.tables()} | {"registry.recipient"}
    assert about - reached - NUMBERS_ONLY - JOINT == set()


PUBLIC = retention.PUBLIC_TASK
# Counted again from the visits: a number of a record and sums, which tell nothing once the record is empty.
# Papers about many at once: nobody is looked for in them, and they go after a year (`law.joint`).
JOINT = {"registry.actsjob", "registry.actspart", "registry.letterrun"}
NUMBERS_ONLY = {"registry.visitcount", "registry.servicecount"}


def test_every_rule_of_keeping_speaks_of_a_table_that_is_there() -> None:
    for label, rule in keeping.RULES.items():
        model = apps.get_model(label)
        known = {field.name for field in model._meta.concrete_fields}
        assert rule.counted <= known, label


def test_two_colleagues_erase_on_the_screen(at: At, frozen: Any, hanna: Post, otto: Post, alice: Recipient) -> None:
    cases.withdraw(alice.cases.get(), by=hanna)
    looks.say(alice, reason="asks", words="", by=hanna)
    page = f"/en/registry/recipients/{alice.pk}/data/"
    assert "What would become of each part today" in at(hanna).get(page).content.decode()
    assert at(hanna).post(f"{page}prepare/", {"prepare-ground": "asked"}).status_code == 302
    erasure = Erasure.objects.get()
    own = at(hanna).get(f"/en/registry/erasures/{erasure.pk}/").content.decode()
    assert "Erase for good" not in own
    assert "Erase for good" in at(otto).get(f"/en/registry/erasures/{erasure.pk}/").content.decode()
    answer = at(otto).post(f"/en/registry/erasures/{erasure.pk}/confirm/", follow=True)
    assert "This page is the receipt" in answer.content.decode()
    assert str(erasure) in at(otto).get("/en/registry/erasures/").content.decode()
    assert AuditEntry.objects.filter(action="registry.person_erased").count() == 1


def test_another_departments_erasure_is_not_there(at: At, hanna: Post, alice: Recipient) -> None:
    cases.withdraw(alice.cases.get(), by=hanna)
    erasure = erasing.prepare(alice, ground="asked", by=hanna)
    stranger = post("Dan", "head", "Vaiko gerovės centras")
    assert at(stranger).get(f"/en/registry/erasures/{erasure.pk}/").status_code == 404
    assert at(stranger).post(f"/en/registry/erasures/{erasure.pk}/confirm/").status_code == 404
