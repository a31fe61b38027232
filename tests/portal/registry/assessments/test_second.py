"""Two assessors: the second answers blind, the difference is named, another group needs a second signature."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from portal.core.models import AuditEntry
from portal.registry.assessments import second
from portal.registry.assessments.explaining import sheet_of
from portal.registry.models import Assessment, GroupProposal, Post, PostRole, Recipient, SecondOpinion
from portal.registry.refusals import Refused
from tests.factories.instruments import check, published
from tests.portal.registry.conftest import post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
At = Callable[[Post], Client]
ROOT = "/en/registry/"
FIRST = {"q-washing": "help", "q-eating": "cannot", "q-night": "no"}
SECOND = {"q-washing": "alone", "q-eating": "cannot", "q-night": "no"}


@pytest.fixture
def kristina(db: None) -> Post:
    """The first assessor."""
    document = check()
    for outcome in document["outcomes"]:
        outcome["again_months"] = 6
    published(document=document)
    return post("Kristina", PostRole.ASSESSOR)


@pytest.fixture
def karolis(db: None) -> Post:
    """The second assessor."""
    return post("Karolis", PostRole.ASSESSOR)


@pytest.fixture
def first(at: At, kristina: Post, alice: Recipient) -> Assessment:
    at(kristina).post(f"{ROOT}recipients/{alice.pk}/assess/", FIRST)
    return Assessment.objects.get()


@pytest.fixture
def opinion(at: At, karolis: Post, first: Assessment) -> SecondOpinion:
    at(karolis).post(f"{ROOT}assessments/{first.pk}/again/", SECOND)
    return SecondOpinion.objects.get()


def page(browser: Client, address: str) -> str:
    return " ".join(browser.get(f"{ROOT}{address}").content.decode().split())


def test_the_second_assessor_sees_nothing_of_the_first_answers(at: At, karolis: Post, first: Assessment) -> None:
    for address in (f"assessments/{first.pk}/", f"assessments/{first.pk}/again/", f"recipients/{first.recipient_id}/"):
        html = page(at(karolis), address)
        assert "Much help" not in html
        assert "5 points" not in html
        assert " checked" not in html
    assert "hidden from you" in page(at(karolis), f"assessments/{first.pk}/")


def test_the_first_assessor_and_a_clerk_see_it_at_once(at: At, kristina: Post, clara: Post, first: Assessment) -> None:
    for who in (kristina, clara):
        assert "Much help" in page(at(who), f"assessments/{first.pk}/")


def test_what_differs_is_named_answer_by_answer(at: At, karolis: Post, opinion: SecondOpinion) -> None:
    html = page(at(karolis), f"assessments/{opinion.assessment_id}/")
    assert (opinion.points, opinion.group) == (3, "group-1")
    assert "1 answer differs." in html
    assert html.count(">differs<") == 1
    assert "Much help" in html
    assert "Some help" in html


def test_the_same_answers_differ_in_nothing(at: At, karolis: Post, first: Assessment) -> None:
    at(karolis).post(f"{ROOT}assessments/{first.pk}/again/", FIRST)
    assert "No answer differs." in page(at(karolis), f"assessments/{first.pk}/")


def test_nobody_is_both_assessors(at: At, kristina: Post, first: Assessment) -> None:
    html = at(kristina).post(f"{ROOT}assessments/{first.pk}/again/", SECOND).content.decode()
    assert "You asked these questions first." in html
    assert not SecondOpinion.objects.exists()


def test_who_looked_is_no_second_assessor_and_that_is_on_record(at: At, karolis: Post, first: Assessment) -> None:
    browser = at(karolis)
    browser.post(f"{ROOT}assessments/{first.pk}/look/")
    assert "Much help" in page(browser, f"assessments/{first.pk}/")
    assert "You have seen the answers." in browser.post(f"{ROOT}assessments/{first.pk}/again/", SECOND).content.decode()
    assert AuditEntry.objects.filter(action="registry.assessment_seen", actor=karolis.user).count() == 1


def test_a_third_comes_too_late(at: At, hanna: Post, opinion: SecondOpinion) -> None:
    html = at(hanna).post(f"{ROOT}assessments/{opinion.assessment_id}/again/", SECOND).content.decode()
    assert "A second assessor has answered already." in html


def test_without_every_answer_the_second_has_no_group_and_loses_nothing(
    at: At, karolis: Post, first: Assessment
) -> None:
    html = at(karolis).post(f"{ROOT}assessments/{first.pk}/again/", {"q-washing": "help"}).content.decode()
    assert "No group can be told yet" in html
    assert 'value="help" checked' in html


def test_what_both_agree_on_is_written_by_one_and_signed_by_the_other(
    at: At, kristina: Post, karolis: Post, opinion: SecondOpinion
) -> None:
    at(karolis).post(
        f"{ROOT}assessments/{opinion.assessment_id}/propose/agreed/",
        {"q-washing": "alone", "q-eating": "alone", "reason": "She showed us."},
    )
    proposal = GroupProposal.objects.get()
    assert proposal.answers["eating"] == ["cannot"]  # what they did not differ in stays
    with pytest.raises(Refused, match="not_your_signature"):
        second.sign(proposal, sheet_of(proposal.assessment), by=karolis)
    at(kristina).post(f"{ROOT}proposals/{proposal.pk}/sign/")
    latest = Assessment.objects.get(is_latest=True)
    assert (latest.points, latest.group, latest.answers["washing"]) == (3, "group-1", ["alone"])
    assert "both assessors agree on" in page(at(kristina), f"assessments/{latest.pk}/")
    assert "has taken its place" in page(at(kristina), f"assessments/{opinion.assessment_id}/")


def test_only_the_two_say_what_they_agree_on(hanna: Post, opinion: SecondOpinion) -> None:
    first = opinion.assessment
    with pytest.raises(Refused, match="not_of_the_two"):
        second.agree(first, sheet_of(first), {"washing": ("alone",)}, reason="so", by=hanna)


def test_another_group_stands_once_a_head_has_signed(at: At, kristina: Post, hanna: Post, first: Assessment) -> None:
    sent = {"group": "group-1", "reason": "Her daughter moved in."}
    at(kristina).post(f"{ROOT}assessments/{first.pk}/propose/override/", sent)
    proposal = GroupProposal.objects.get()
    assert Assessment.objects.get(is_latest=True).group == "group-2"  # one signature changes nothing
    at(kristina).post(f"{ROOT}proposals/{proposal.pk}/sign/")
    assert Assessment.objects.count() == 1
    at(hanna).post(f"{ROOT}proposals/{proposal.pk}/sign/")
    latest = Assessment.objects.get(is_latest=True)
    assert (latest.group, latest.points, latest.day) == ("group-1", 5, first.day)
    html = page(at(hanna), f"assessments/{latest.pk}/")
    assert "Her daughter moved in." in html
    assert "another group than the answers give" in html


def test_what_is_not_signed_changes_nothing(at: At, kristina: Post, hanna: Post, first: Assessment) -> None:
    at(kristina).post(f"{ROOT}assessments/{first.pk}/propose/override/", {"group": "group-0", "reason": "no need"})
    proposal = GroupProposal.objects.get()
    at(hanna).post(f"{ROOT}proposals/{proposal.pk}/refuse/")
    assert Assessment.objects.get().group == "group-2"
    with pytest.raises(Refused, match="proposal_is_closed"):
        second.sign(proposal, sheet_of(first), by=hanna)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"group": "group-1", "reason": " "}, "Write why."),
        ({"group": "group-9", "reason": "x"}, "Choose a group other"),
        ({"group": "group-2", "reason": "x"}, "Choose a group other"),
    ],
)
def test_a_group_is_not_proposed_without_reason_or_sense(
    at: At, kristina: Post, first: Assessment, sent: dict[str, str], said: str
) -> None:
    answer: Any = at(kristina).post(f"{ROOT}assessments/{first.pk}/propose/override/", sent)
    assert said in answer.content.decode()
    assert not GroupProposal.objects.exists()


def test_an_assessment_that_is_no_longer_the_latest_is_not_changed(
    at: At, kristina: Post, karolis: Post, alice: Recipient, first: Assessment
) -> None:
    at(kristina).post(f"{ROOT}recipients/{alice.pk}/assess/", SECOND)
    with pytest.raises(Refused, match="a_later_assessment"):
        second.override(first, sheet_of(first), "group-0", reason="x", by=karolis)


@pytest.mark.postgres
def test_the_database_refuses_one_person_as_both_signatures(kristina: Post, first: Assessment) -> None:
    proposal = second.override(first, sheet_of(first), "group-0", reason="x", by=kristina)
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupProposal.objects.filter(pk=proposal.pk).update(state="signed", second_by=kristina.user)


def test_the_list_of_both_shows_how_far_they_lie_apart(at: At, hanna: Post, opinion: SecondOpinion) -> None:
    html = page(at(hanna), "second-opinions/")
    for words in ("Alice", "Kristina", "Karolis", "-2"):
        assert words in html
    assert at(hanna).get(f"{ROOT}second-opinions.xlsx").content.startswith(b"PK")


def test_neighbours_and_workers_get_nothing(at: At, daiva: Post, opinion: SecondOpinion) -> None:
    stranger = at(post("Dan", "head", "Kitas"))
    pk = opinion.assessment_id
    assert stranger.get(f"{ROOT}assessments/{pk}/again/").status_code == 404
    assert stranger.post(f"{ROOT}assessments/{pk}/look/").status_code == 404
    assert "Alice" not in page(stranger, "second-opinions/")
    for address in (f"assessments/{pk}/again/", "second-opinions/"):
        assert at(daiva).get(f"{ROOT}{address}").status_code == 403
