"""Alice asks for her data: a copy of everything, restriction, consent – and who may answer her."""

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from portal.core import pdf, uploads
from portal.core.models import AuditEntry
from portal.registry import actions as cases
from portal.registry.access import RIGHTS, May
from portal.registry.law import consents, exporting, graph, looks, restricting
from portal.registry.models import Erasure, Post, PostRole, Programme, Recipient
from portal.registry.programmes import actions as programmes
from portal.registry.recipients import actions
from portal.registry.refusals import Refused
from portal.registry.visits import actions as visits
from tests.portal.registry.conftest import MakeEntry, MakePlan, post

pytestmark = pytest.mark.django_db
At = Callable[[Post], Client]


def page(person: Recipient, rest: str = "") -> str:
    return f"/en/registry/recipients/{person.pk}/{rest}"


@pytest.fixture
def known(alice: Recipient, hanna: Post) -> Recipient:
    """Alice with papers, a household, a note and a file; Otto and Hanna have said why they look."""
    actions.add_paper(alice, kind="health", number="NP-77", issued_on=None, expires_on=None, by=hanna)
    actions.add_member(alice, name="Petras", relation="spouse", income_cents=12300, by=hanna)
    cases.add_note(alice.cases.get(), "Moved in June.", author="Hanna", by=hanna)
    name = "abcdef0123456789abcdef0123456789.pdf"
    (uploads.folder() / name).write_bytes(b"%PDF-1.4 paper of hers")
    cases.add_document(alice.cases.get(), uploads.folder() / name, name="paper.pdf", by=None)
    return alice


def test_the_copy_has_every_table_and_opens_what_is_encrypted(known: Recipient, hanna: Post, otto: Post) -> None:
    looks.say(known, reason="asks", words="", by=hanna)
    with translation.override("en"):
        told = json.loads(exporting.as_json(known, by=otto))["record"]
    assert told["recipient"][0]["code"] == "44001010001"
    assert told["paper"][0]["number"] == "NP-77"
    assert told["casenote"][0]["text"] == "Moved in June."
    assert told["look"][0]["user"] == "head of department, Socialinės paramos centras"
    assert "hanna" not in json.dumps(told["look"]).lower()
    assert AuditEntry.objects.filter(action="registry.data_given_out").count() == 1


def test_records_merged_into_hers_are_in_the_copy(known: Recipient, hanna: Post) -> None:
    for name in ("Алиса", "Alisa"):
        double = actions.write_down({"name": name, "language": "ru"}, code="", by=hanna)
        actions.merge(known, double, by=hanna, reason="one passport")
    told = json.loads(exporting.as_json(known, by=hanna))["record"]
    assert {one["name"] for one in told["recipient"]} == {"Alice", "Алиса", "Alisa"}


def test_the_archive_carries_the_files(at: At, known: Recipient, otto: Post) -> None:
    answer: Any = at(otto).get(page(known, "data/record.zip"))
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    files = [name for name in archive.namelist() if name.startswith("files/")]
    assert archive.read(files[0]) == b"%PDF-1.4 paper of hers"
    assert "NP-77" in archive.read("record.html").decode()


def test_it_is_given_as_a_page_in_her_language(at: At, known: Recipient, otto: Post) -> None:
    html = at(otto).get(page(known, "data/record.html")).content.decode()
    assert '<html lang="ru">' in html
    assert "44001010001" in html
    if pdf.is_possible():
        assert at(otto).get(page(known, "data/record.pdf")).content.startswith(b"%PDF")
        assert at(otto).get(page(known, "data/seen.pdf")).content.startswith(b"%PDF")


@pytest.mark.usefixtures("frozen")
def test_a_restricted_record_is_shown_as_such_and_not_changed(
    at: At, known: Recipient, hanna: Post, otto: Post, programme: Programme, plan: MakePlan, entry: MakeEntry
) -> None:
    for one in (hanna, otto):
        looks.say(known, reason="asks", words="", by=one)
    at(hanna).post(
        page(known, "data/restrict/"), {"restrict-ground": "accuracy", "restrict-reason": "Her age is wrong."}
    )
    assert "This record is restricted since" in at(hanna).get(page(known)).content.decode()
    deeds: list[Callable[[], Any]] = [
        lambda: actions.change(known, {"name": "Elis"}, code="", by=hanna),
        lambda: actions.add_member(known, name="Ona", relation="child", income_cents=0, by=hanna),
        lambda: programmes.draft(known, plan(), case=programme.case, by=hanna),
        lambda: programmes.change(programme, plan(), why="more", by=hanna),
        lambda: restricting.restrict(known, ground="claim", reason="again", by=hanna),
    ]
    for deed in deeds:
        with pytest.raises(Refused, match="restricted"):
            deed()
    cases.open_case(
        person=cases.Person("Another Name", code="44001010001"), handle="a", service_code="x", title="x", by=None
    )
    known.refresh_from_db()
    assert known.name == "Alice"
    assert visits.record(entry(), worker=hanna.user, by=hanna).is_new


@pytest.mark.usefixtures("frozen")
def test_the_officer_lifts_it_and_the_head_does_not(at: At, alice: Recipient, hanna: Post, otto: Post) -> None:
    restricting.restrict(alice, ground="claim", reason="for the court", by=hanna)
    lift = {"lift-reason": "The court has decided."}
    assert at(hanna).post(page(alice, "data/lift/"), lift).status_code == 403
    looks.say(alice, reason="control", words="", by=otto)
    assert "Error:" in at(otto).post(page(alice, "data/lift/"), {}).content.decode()
    assert at(otto).post(page(alice, "data/lift/"), lift).status_code == 302
    assert restricting.standing(alice) is None
    with pytest.raises(Refused, match="not_restricted"):
        restricting.lift(alice, reason="again", by=otto)


def test_under_lt_no_consent_is_asked_for(at: At, alice: Recipient, clara: Post) -> None:
    looks.say(alice, reason="asks", words="", by=clara)
    assert "No consent is written down" not in at(clara).get(page(alice)).content.decode()
    assert at(clara).get(page(alice, "data/consent.pdf")).status_code == 403
    consents.check(alice)


@pytest.mark.usefixtures("frozen")
def test_under_ru_442_no_programme_without_consent_and_withdrawal_restricts(
    at: At, settings: Any, granted: Any, hanna: Post, clara: Post, plan: MakePlan
) -> None:
    settings.LAW_PROFILE = "ru-442"
    alice = granted.recipient
    looks.say(alice, reason="asks", words="", by=clara)
    with pytest.raises(Refused, match="no_consent"):
        programmes.draft(alice, plan(), case=granted, by=hanna)
    assert "Without it no programme can begin" in at(clara).get(page(alice)).content.decode()
    if pdf.is_possible():
        assert at(clara).get(page(alice, "data/consent.pdf")).content.startswith(b"%PDF")
    assert at(clara).post(page(alice, "data/consent/"), {"consent-day": "2026-11-26"}).status_code == 302
    assert consents.standing(alice) is None
    assert at(clara).post(page(alice, "data/consent/"), {"consent-day": "2026-11-24"}).status_code == 302
    programmes.draft(alice, plan(), case=granted, by=hanna)
    at(clara).post(page(alice, "data/withdraw/"))
    assert restricting.standing(alice) is not None
    assert Erasure.objects.get().ground == "withdrawn"
    with pytest.raises(Refused, match="no_consent_to_withdraw"):
        consents.withdraw(alice, by=clara)


def test_the_record_of_processing_names_every_table(at: At, otto: Post) -> None:
    html = at(otto).get("/en/registry/processing/").content.decode().lower()
    for table in graph.tables():
        assert str(table.model._meta.verbose_name_plural) in html, table.label


DEEDS = [
    (May.GUARD, "get", "data/"),
    (May.GUARD, "get", "data/record.json"),
    (May.GUARD, "post", "data/restrict/"),
    (May.WATCH, "post", "data/lift/"),
    (May.GUARD, "post", "data/prepare/"),
    (May.WRITE, "post", "data/consent/"),
    (May.WRITE, "post", "data/withdraw/"),
]


@pytest.mark.parametrize("role", list(PostRole))
def test_each_role_may_what_its_row_says(at: At, alice: Recipient, role: PostRole) -> None:
    browser = at(post("Somebody", role))
    for what, method, rest in DEEDS:
        answer = getattr(browser, method)(page(alice, rest))
        assert (answer.status_code in (200, 302)) == (what in RIGHTS[role]), (what, rest, answer.status_code)
    for address in ("erasures/", "looks/", "processing/"):
        answer = browser.get(f"/en/registry/{address}")
        needed = May.GUARD if address == "erasures/" else May.WATCH
        assert (answer.status_code == 200) == (needed in RIGHTS[role]), address
