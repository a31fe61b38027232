"""One door: who may open which consultation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from charter.memberships import Reach, places_asked, reaches_in
from charter.models import Role
from chat import access, rows
from chat.actions import consultations
from chat.models import Consultation, Invitation
from portal.core import clock
from tests.chat import ground
from tests.people import bob, carol, dan, staff

ROOT = Path(__file__).resolve().parents[2]
# The door itself, the rows it is made of, and the loader that makes up a demonstration history.
MAY = ("chat/access.py", "chat/transcript.py", "chat/models/", "portal/demo/")


def test_nobody_goes_round_the_door() -> None:
    around = re.compile(r"\b(Consultation|Event|Grant)\.(_default_manager|objects)\b")
    files = [path for top in ("chat", "portal") for path in (ROOT / top).rglob("*.py")]
    guilty = [
        name
        for path in files
        if not (name := path.relative_to(ROOT).as_posix()).startswith(MAY) and around.search(path.read_text())
    ]
    assert guilty == [], "ask chat.access"


@pytest.mark.django_db
def test_two_residents_never_see_each_others_conversation() -> None:
    alice, eve = ground.alice_asks(), ground.alice_asks()

    assert access.get_for_resident(alice.consultation.public_id, token=alice.token) == alice.consultation
    for token in (eve.token, "", "x"):
        with pytest.raises(access.NotThere):
            access.get_for_resident(alice.consultation.public_id, token=token)


@pytest.mark.django_db
def test_staff_see_what_their_membership_reaches() -> None:
    here, there = ground.institution("cia"), ground.institution("ten")
    asked = ground.alice_asks().consultation
    asked.institution = here
    asked.save(update_fields=["institution"])

    allowed = [bob(), bob(here), staff("Vida", Role.SUPERVISOR, institution=here)]
    refused = [staff("Ona", Role.CONSULTANT, institution=there), carol(here), dan()]

    assert [access.for_staff(user).count() for user in allowed] == [1, 1, 1]
    assert [access.for_staff(user).count() for user in refused] == [0, 0, 0]


@pytest.mark.django_db
def test_a_disabled_user_sees_nothing() -> None:
    ground.alice_asks()
    person = bob()
    person.is_active = False

    assert not access.for_staff(person).exists()


@pytest.mark.django_db
def test_a_wrong_secret_and_an_unknown_number_get_one_answer() -> None:
    asked = ground.alice_asks().consultation
    for reference, secret in ((asked.reference, "0000 0000 0000 0000"), ("K0000-0000", "x"), ("", "")):
        with pytest.raises(access.NotThere):
            access.by_receipt(reference, secret)
    assert Consultation.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.postgres
def test_the_socket_and_the_page_let_in_the_same_staff() -> None:
    here, there = ground.institution("cia"), ground.institution("ten")
    asked = [ground.alice_asks().consultation for _ in range(3)]
    Consultation.objects.filter(pk=asked[0].pk).update(institution=here)
    consultations.claim(asked[1], by=bob())
    ona = staff("Ona", Role.CONSULTANT, institution=there)
    Invitation.objects.create(consultation=asked[0], user=ona, invited_by=bob(), at=clock.now())
    people = [bob(), bob(here), ona, staff("Vida", Role.SUPERVISOR, institution=here), carol(here), dan()]

    users = [person.pk for person in people]
    seen = rows.see([one.pk for one in asked], places=places_asked(users, *access.ROLES), users=users)
    reaches = reaches_in(seen.places)
    by_row = {
        (person.pk, stand.id)
        for person in people
        for stand in seen.stands.values()
        if access.is_in_reach(stand, person.pk, reaches.get(person.pk, Reach.nowhere()), seen.invited)
    }
    by_query = {(person.pk, pk) for person in people for pk in access.for_staff(person).values_list("pk", flat=True)}

    assert by_row == by_query
    assert (ona.pk, asked[0].pk) in by_row
