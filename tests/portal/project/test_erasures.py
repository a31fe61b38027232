"""Alice is erased in the registry, and her receipt opens nothing any more."""

import datetime as dt

import pytest
import time_machine

from portal.cases import access
from portal.cases.models import CaseLink
from portal.core import crypto
from portal.registry import actions as cases
from portal.registry.law import erasing
from portal.registry.models import Post
from tests.portal.registry.conftest import open_case, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def hanna() -> Post:
    return post("Hanna", "head")


def test_what_the_portal_kept_of_her_case_goes_with_her(hanna: Post) -> None:
    case = open_case()
    assert case.number is not None
    facts = {"person_link": "alice", "service": "pagalba", "submitted_at": case.submitted_at, "registry": "default"}
    link = CaseLink.objects.create(
        **facts, reference="B-1", secret_digest="x", external_id=case.number, kept=crypto.encrypt("Alice")
    )
    other = CaseLink.objects.create(**facts, reference="B-2", secret_digest="y", external_id="SP-other", kept="z")
    cases.withdraw(case, by=hanna)
    with time_machine.travel(case.submitted_at + dt.timedelta(days=366 * 20)):
        erasing.confirm(erasing.prepare(case.recipient, ground="term", by=hanna), by=post("Chief", "officer", ""))
    link.refresh_from_db()
    other.refresh_from_db()
    assert (link.kept, link.service, link.reference) == ("", "pagalba", "B-1")
    assert link.secret_digest != "x"
    assert "alice" not in link.person_link
    assert (other.kept, other.secret_digest) == ("z", "y")
    assert access.everything().count() == 2
