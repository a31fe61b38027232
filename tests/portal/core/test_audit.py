"""The audit shows it when somebody changes what was written."""

import pytest

from portal.core import audit, audit_chain
from portal.core.models import AuditEntry
from tests.people import bob

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def three_entries() -> None:
    person = bob()
    for deed in ("user.made", "user.seen", "user.left"):
        audit.record(deed, person, by=person, office="1")


def test_a_sealed_audit_verifies() -> None:
    three_entries()
    assert audit_chain.seal() is not None
    three_entries()
    audit_chain.seal()
    assert audit_chain.verify() == []
    assert audit_chain.seal() is None


def test_a_changed_row_breaks_its_seal() -> None:
    three_entries()
    link = audit_chain.seal()
    assert link
    AuditEntry.objects.filter(action="user.seen").update(reason="never happened")
    assert audit_chain.verify() == [link.pk]


def test_a_removed_row_breaks_its_seal() -> None:
    three_entries()
    link = audit_chain.seal()
    assert link
    AuditEntry.objects.filter(action="user.left").delete()
    assert audit_chain.verify() == [link.pk]


def test_the_resident_and_the_system_have_no_name_in_it() -> None:
    person = bob()
    assert audit.record("x", person, by=audit.RESIDENT).actor is None
    assert audit.record("x", person, by=audit.SYSTEM).actor_kind == "system"
