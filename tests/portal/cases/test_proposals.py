"""Terms that the registry's case types name become promises only by a person, and never laxer ones."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from charter.models import Institution, Role, ServiceStandard
from portal.cases import proposals
from portal.cases.models import ProposalState, StatusWords, TermProposal
from portal.cases.registries.facts import KnownStatus, KnownType, Status
from portal.core.models import AuditEntry, User
from tests.people import staff
from tests.portal.cases.moody import MoodyRegistry
from tests.portal.cases.test_my_case import words

pytestmark = pytest.mark.django_db
TERMS = "/en/case/terms/"
WMO = KnownType("WMO", "Huishoudelijke hulp", 14, 30, (KnownStatus("Huisbezoek", Status.WORKING),))


@pytest.fixture
def mark(db: None) -> User:
    return staff("Mark", Role.MANAGER)


@pytest.fixture
def types(registry: MoodyRegistry, monkeypatch: pytest.MonkeyPatch) -> list[KnownType]:
    """What the registry names; it may name more."""
    named = [WMO]
    monkeypatch.setattr(MoodyRegistry, "case_types", lambda _self: tuple(named))
    return named


@pytest.fixture
def proposal(town: None, types: list[KnownType]) -> TermProposal:
    proposals.read_case_types()
    return TermProposal.objects.get()


def standard() -> ServiceStandard:
    return ServiceStandard.objects.get(code="S08")


def test_the_same_terms_are_proposed_once_and_other_ones_anew(proposal: TermProposal, types: list[KnownType]) -> None:
    assert (proposal.kind, proposal.promised_days, proposal.legal_days) == ("WMO", 14, 30)
    assert proposals.read_case_types() == 0
    types[0] = KnownType("WMO", "", 10, 30)
    assert proposals.read_case_types() == 1
    assert StatusWords.objects.filter(kind="WMO", code="Huisbezoek", is_written=False).exists()


def test_without_terms_nothing_is_proposed(types: list[KnownType]) -> None:
    types[0] = KnownType("JW", "")
    proposals.read_case_types()
    assert not TermProposal.objects.exists()


@pytest.mark.parametrize("mood", ["down", "html"])
def test_while_the_registry_is_away_nothing_is_heard(
    registry: MoodyRegistry, monkeypatch: pytest.MonkeyPatch, mood: str
) -> None:
    def away(self: MoodyRegistry) -> Any:
        self.mood = mood
        answer = self._mind(())
        return answer if mood == "down" else ()

    monkeypatch.setattr(MoodyRegistry, "case_types", away)
    assert proposals.read_case_types() == 0


def test_a_stricter_promise_is_taken_over_with_its_history(proposal: TermProposal, mark: User) -> None:
    proposals.accept(proposal, standard(), by=mark)
    now = standard()
    assert now.promised_value == 14
    assert now.legal_value == 30
    assert not now.has_unpublished_changes
    assert now.latest_revision.user == mark
    proposal.refresh_from_db()
    assert (proposal.state, proposal.standard, proposal.by) == (ProposalState.ACCEPTED, "S08", mark)
    entry = AuditEntry.objects.get(action="term_proposal.accepted")
    assert entry.facts["before"]["promised"].startswith("20")
    with pytest.raises(proposals.Decided):
        proposals.dismiss(proposal, "x", by=mark)


@pytest.mark.parametrize(
    ("promised", "legal"), [(14, 30), (0, 30), (0, 9)], ids=["a laxer promise", "laxer law", "a law below the promise"]
)
def test_what_is_laxer_is_refused(proposal: TermProposal, mark: User, promised: int, legal: int) -> None:
    ServiceStandard.objects.update(promised_value=10, legal_value=20)
    TermProposal.objects.update(promised_days=promised, legal_days=legal)
    with pytest.raises(proposals.Laxer):
        proposals.accept(proposal, standard(), by=mark)
    assert standard().promised_value == 10


def test_what_an_editor_is_writing_is_not_lost(proposal: TermProposal, mark: User) -> None:
    standard().save_revision(clean=False)
    ServiceStandard.objects.update(has_unpublished_changes=True)
    with pytest.raises(proposals.HasDraft):
        proposals.accept(proposal, standard(), by=mark)


def test_a_manager_of_one_office_does_not_change_the_towns_promise(proposal: TermProposal, centre: Institution) -> None:
    nora = staff("Nora", Role.MANAGER, institution=centre)
    with pytest.raises(PermissionDenied):
        proposals.accept(proposal, standard(), by=nora)
    ServiceStandard.objects.update(institution=centre)
    proposals.accept(proposal, standard(), by=nora)


def test_a_consultant_decides_nothing(client: Client, proposal: TermProposal, bob: User) -> None:
    client.force_login(bob)
    assert client.get(TERMS).status_code == 403
    with pytest.raises(PermissionDenied):
        proposals.dismiss(proposal, "x", by=bob)


def test_the_screen_takes_over_dismisses_and_says_what_is_wrong(
    client: Client, proposal: TermProposal, mark: User
) -> None:
    client.force_login(mark)
    told = words(client.get(TERMS).content.decode())
    assert "The office promises 14 days. The law gives 30 days." in told
    assert "Huisbezoek" in told
    unsaid = client.post(f"{TERMS}{proposal.pk}/dismiss/", {"reason": " "})
    assert unsaid.status_code == 422
    assert "Write why it is dismissed." in unsaid.content.decode()
    ServiceStandard.objects.update(promised_value=7)
    laxer = client.post(f"{TERMS}{proposal.pk}/accept/", {"standard": "S08"})
    assert "It is not taken over." in laxer.content.decode()
    assert client.post(f"{TERMS}{proposal.pk}/erase/").status_code == 404
    assert client.post(f"{TERMS}{proposal.pk}/accept/", {"standard": "S99"}).status_code == 422
    assert client.post(f"{TERMS}{proposal.pk}/dismiss/", {"reason": "Another service."})["Location"].endswith("?done")
    assert "Another service." in client.get(TERMS).content.decode()


def test_standards_counted_in_working_days_are_not_offered(proposal: TermProposal, mark: User) -> None:
    ServiceStandard.objects.update(clock="working")
    assert not proposals.standards_for(mark).exists()
