"""A registry in another house may be slow, wrong or gone: the last state is shown, and what was sent arrives once."""

from __future__ import annotations

import itertools
import re
import time as real_time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portal.cases import asking, linking, outbox
from portal.cases.models import CaseLink, Kind, OutboxItem, Progress
from portal.cases.registries.base import Away, NotThere
from portal.cases.registries.facts import Applicant, NewCase, NewDocument, PersonLink, Status
from portal.cases.registries.zgw import ZgwRegistry, polling, reading
from portal.core import clock, uploads
from portal.core.models import AuditEntry
from portal.core.receipts import Receipt
from tests.depth import Depth
from tests.portal.cases.conftest import Register
from tests.zgw.server import StandIn

pytestmark = pytest.mark.django_db
ORIGIN: dict[str, Any] = {"HTTP_SEC_FETCH_SITE": "same-origin"}
MOODS = ("slow", "down", "500", "html", "foreign", "expired", "half")
DAN = Applicant("Dan", identifier="38001010002")


@pytest.fixture
def link(registry: ZgwRegistry, register: Register) -> CaseLink:
    receipt = register()
    register(person=DAN)
    return CaseLink.objects.get(reference=receipt.reference)


def look_up(client: Client, receipt: Receipt) -> None:
    client.post("/en/case/", {"reference": receipt.reference, "secret": receipt.secret}, **ORIGIN)


def new_case(key: str, person: str) -> NewCase:
    who = Applicant("Alice", identifier="44001010001")
    return NewCase(key, PersonLink(person), who, "pagalba", "Help at home", clock.now(), "calendar")


def due_again() -> None:
    """The registry has recovered, and the next round comes."""
    asking.forget_failures()
    OutboxItem.objects.waiting().update(next_try_at=clock.now())
    outbox.deliver_due()


@pytest.mark.parametrize("mood", MOODS)
def test_my_case_comes_in_two_seconds_with_the_last_known_state(
    mood: str, office: StandIn, registry: ZgwRegistry, register: Register, client: Client
) -> None:
    receipt = register()
    register(person=DAN)
    look_up(client, receipt)
    assert client.get("/en/case/mine/").status_code == 200
    theirs = CaseLink.objects.exclude(reference=receipt.reference).get()
    office.mood = mood
    began = real_time.monotonic()
    answer = client.get("/en/case/mine/")
    took = real_time.monotonic() - began
    told = " ".join(re.sub(r"<[^>]+>", "", answer.content.decode()).split())
    assert answer.status_code == 200
    assert took <= 2
    assert "does not answer just now" in told
    assert CaseLink.objects.get(reference=receipt.reference).number in told
    assert theirs.number not in told


@pytest.mark.parametrize("mood", [*MOODS, "lost"])
def test_what_was_sent_meanwhile_arrives_exactly_once(
    mood: str, office: StandIn, registry: ZgwRegistry, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry.open_case(new_case("somebody", "somebody else"))
    monkeypatch.setattr(asking, "BACKGROUND", 0.5)
    office.mood = mood
    register()
    office.mood = ""
    monkeypatch.undo()
    real_time.sleep(0.1)
    for _ in range(3):
        due_again()
    case = CaseLink.objects.get()
    (kept,) = [row for row in office.tables.where("zaken") if row["identificatie"] == case.number]
    assert len(office.tables.where("zaken")) == 2
    assert len(office.tables.where("rollen", zaak=kept["url"])) == 1
    assert len(office.tables.where("statussen", zaak=kept["url"])) == 1
    assert not OutboxItem.objects.exclude(progress=Progress.DELIVERED).exists()


@pytest.mark.deep
def test_a_registry_failing_at_random_loses_nothing_and_doubles_nothing(
    office: StandIn, link: CaseLink, depth: Depth
) -> None:
    moods = ("down", "500", "html", "half", "lost", "expired", *("",) * 14)
    office.mood = lambda: depth.random.choice(moods)
    many = depth.times(full=300, sample=15)
    for number in range(many):
        outbox.put(link, Kind.NOTE, {"text": f"note {number}", "author": "consultant"}, key=f"n{number}")
    for _ in range(20 * many):
        due_again()
        if not OutboxItem.objects.waiting().exists():
            break
    assert not OutboxItem.objects.waiting().exists()
    written = sorted(content.decode() for content in office.papers.contents.values())
    assert written == sorted(f"note {number}" for number in range(many))
    assert len(office.tables.where("zaakinformatieobjecten")) == many


def test_another_persons_case_is_refused_and_noted_each_time(office: StandIn, link: CaseLink) -> None:
    office.mood = "foreign"
    for _ in range(4):
        with pytest.raises(linking.Foreign):
            linking.read(link, budget=asking.Budget(2))
    assert AuditEntry.objects.filter(action="case.foreign_object_refused").count() == 4


def test_nothing_is_ended_on_the_word_of_another_case(office: StandIn, link: CaseLink, registry: ZgwRegistry) -> None:
    office.mood = "foreign"
    with pytest.raises(Away):
        registry.withdraw(link.external_id, person=PersonLink(link.person_link), key="w")
    assert office.tables.where("resultaten") == []


def test_a_search_that_filters_nothing_shows_nobody_elses_cases(office: StandIn, registry: ZgwRegistry) -> None:
    for number in range(20):
        registry.open_case(new_case(f"k{number}", f"person {number}"))
    office.mood = "foreign"
    for number in range(20):
        person = PersonLink(f"person {number}")
        assert [case.person for case in registry.cases_of(person)] == [person]


def test_a_link_beside_a_number_that_is_not_its_own_is_nobodys(office: StandIn, registry: ZgwRegistry) -> None:
    case = registry.open_case(new_case("k", "alice"))
    office.tables.where("rollen")[0]["betrokkeneIdentificatie"]["anpIdentificatie"] = "SOMEBODY-ELSE"
    with pytest.raises(NotThere):
        registry.get_case(case.id, person=PersonLink("alice"))
    assert registry.changes("").cases == ()


def test_a_persons_cases_cost_three_calls_at_most(office: StandIn, registry: ZgwRegistry) -> None:
    for number in range(30):
        registry.open_case(new_case(f"k{number}", "alice"))
    office.calls.clear()
    assert len(registry.cases_of(PersonLink("alice"))) == 30
    assert len(office.calls) <= 3


def test_who_it_is_about_stands_in_no_address(office: StandIn, registry: ZgwRegistry) -> None:
    case = registry.open_case(new_case("k", "alice"))
    registry.cases_of(PersonLink("alice"))
    registry.documents(case.id, person=PersonLink("alice"))
    secrets = ("alice", reading.short(PersonLink("alice")), "44001010001")
    assert not [call for call in office.calls for secret in secrets if secret in call]


@pytest.mark.parametrize("name", ["nothing", "../zaken", "%2e%2e", "?x=1", ""])
def test_what_is_no_id_never_becomes_an_address(office: StandIn, registry: ZgwRegistry, name: str) -> None:
    with pytest.raises(NotThere):
        registry.get_case(name, person=PersonLink("alice"))
    assert office.calls == []


def test_a_result_nobody_gave_a_meaning_is_not_called_granted(
    office: StandIn, registry: ZgwRegistry, caplog: pytest.LogCaptureFixture
) -> None:
    case = registry.open_case(new_case("k", "alice"))
    office.tables.where("resultaattypen")[0]["omschrijving"] = "Iets anders"
    address = office.tables.where("zaken")[0]["url"]
    odd = office.tables.where("resultaattypen", omschrijving="Iets anders")[0]["url"]
    office.cases.set_result({"zaak": address, "resultaattype": odd})
    end = office.tables.where("statustypen", isEindstatus=True)[0]["url"]
    office.cases.set_status({"zaak": address, "statustype": end, "datumStatusGezet": clock.now().isoformat()})
    told = registry.get_case(case.id, person=PersonLink("alice"))
    assert (told.status, told.decided_on) == (Status.WORKING, None)
    assert "ZGW_RESULTS" in caplog.text


def test_what_the_office_keeps_to_itself_is_not_shown(office: StandIn, link: CaseLink, registry: ZgwRegistry) -> None:
    kept = uploads.take_in(SimpleUploadedFile("sp2.pdf", b"%PDF-1.7"))
    outbox.put(link, Kind.DOCUMENT, {"name": "SP-2.pdf", "kept_name": kept.name}, key="d1")
    due_again()
    person = PersonLink(link.person_link)
    (shown,) = registry.documents(link.external_id, person=person)
    paper = office.tables.where("enkelvoudiginformatieobjecten")[0]
    for change in ({"vertrouwelijkheidaanduiding": "geheim"}, {"status": "in_bewerking"}):
        before = dict(paper)
        paper.update(change)
        assert registry.documents(link.external_id, person=person) == ()
        with pytest.raises(NotThere):
            registry.open_document(shown.id, person=person)
        paper.update(before)


def test_a_list_that_never_ends_is_given_up(office: StandIn, registry: ZgwRegistry) -> None:
    registry.open_case(new_case("k", "alice"))
    real = office.listed

    def endless(kind: str, asked: dict[str, str], mood: str) -> Any:
        told = real(kind, asked, mood)
        return told | {"next": "http://elsewhere.example/steal"} if isinstance(told, dict) else told

    office.listed = endless  # type: ignore[method-assign]
    office.calls.clear()
    with pytest.raises(Away):
        registry.cases_of(PersonLink("alice"))
    assert len(office.calls) <= 20


def test_a_decision_in_the_office_reaches_the_promise(office: StandIn, link: CaseLink) -> None:
    address = office.tables.where("zaken", identificatie=link.number)[0]["url"]
    granted = office.tables.where("resultaattypen", omschrijving="Toegekend")[0]["url"]
    office.cases.set_result({"zaak": address, "resultaattype": granted})
    end = office.tables.where("statustypen", isEindstatus=True)[0]["url"]
    office.cases.set_status({"zaak": address, "statustype": end, "datumStatusGezet": clock.now().isoformat()})
    assert linking.read_changes() >= 1
    link.refresh_from_db()
    assert (link.status, link.decided_on) == (Status.GRANTED, clock.today())


def test_changes_are_read_over_many_polls_and_none_is_passed_over(
    office: StandIn, registry: ZgwRegistry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "PAGES", 1)
    cases = {registry.open_case(new_case(f"k{number}", "alice")).id for number in range(101)}
    seen: set[str] = set()
    cursor = ""
    for _ in range(7):
        told = registry.changes(cursor)
        assert len(told.cases) <= polling.AT_ONCE
        seen |= {case.id for case in told.cases}
        cursor = told.cursor
    assert seen == cases


def test_a_poll_with_nothing_new_opens_no_case_but_the_last_one(office: StandIn, registry: ZgwRegistry) -> None:
    for number in range(5):
        registry.open_case(new_case(f"k{number}", "alice"))
    cursor = registry.changes("").cursor
    office.calls.clear()
    registry.changes(cursor)
    assert len(office.calls) <= 3


def test_an_older_registry_that_tells_no_changes_is_read_by_its_statuses(
    office: StandIn, registry: ZgwRegistry
) -> None:
    case = registry.open_case(new_case("k1", "alice"))
    for row in office.tables.where("zaken"):
        del row["laatstGemuteerd"]
    told = registry.changes("2026-01-01T00:00:00+00:00")
    assert [changed.id for changed in told.cases] == [case.id]


@pytest.fixture
def large(settings: Any, tmp_path: Path) -> NewDocument:
    """A paper of a little more than three parts."""
    settings.DATA_DIR = tmp_path
    (uploads.folder() / "large.pdf").write_bytes(b"%PDF-1.7" + bytes(range(256)) * 13_000)
    return NewDocument("d1", PersonLink("alice"), "large.pdf", uploads.folder() / "large.pdf")


def test_a_large_paper_goes_in_by_parts(office: StandIn, registry: ZgwRegistry, large: NewDocument) -> None:
    case = registry.open_case(new_case("k1", "alice"))
    put = registry.add_document(case.id, large)
    assert registry.open_document(put.id, person=PersonLink("alice")).content == large.path.read_bytes()
    assert sum(call.startswith("PUT") for call in office.calls) == 4


@pytest.mark.parametrize("failing", range(8))
def test_a_large_paper_that_broke_off_is_gone_on_with_and_lies_once(
    office: StandIn, registry: ZgwRegistry, large: NewDocument, failing: int
) -> None:
    case = registry.open_case(new_case("k1", "alice"))
    calls = itertools.count(-1)  # the first is asking for the case
    office.mood = lambda: "lost" if next(calls) == failing else ""
    with suppress(Away):
        registry.add_document(case.id, large)
    office.mood = ""
    put = registry.add_document(case.id, large)
    (only,) = registry.documents(case.id, person=PersonLink("alice"))
    assert only.id == put.id
    assert registry.open_document(put.id, person=PersonLink("alice")).content == large.path.read_bytes()


def test_a_paper_that_was_unlocked_without_its_content_goes_in_anew(
    office: StandIn, registry: ZgwRegistry, large: NewDocument
) -> None:
    case = registry.open_case(new_case("k1", "alice"))
    calls = itertools.count()
    office.mood = lambda: "down" if next(calls) >= 3 else ""
    with suppress(Away):
        registry.add_document(case.id, large)
    office.mood = ""
    (begun,) = office.tables.where("enkelvoudiginformatieobjecten")
    office.papers.unlock(begun["uuid"], begun["bestandsdelen"][0]["lock"])
    put = registry.add_document(case.id, large)
    assert put.id != begun["uuid"]
    assert registry.open_document(put.id, person=PersonLink("alice")).content == large.path.read_bytes()
