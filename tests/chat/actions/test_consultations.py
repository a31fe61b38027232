"""How a consultation changes hands and ends."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from charter.models import Role
from chat import access
from chat.actions import consultations
from chat.actions.errors import AlreadyClaimed, CannotTake, Ended, NotEnded, NotYours
from chat.models import Consultation, State
from portal.core import audit
from portal.core.models import AuditEntry
from tests.chat import ground
from tests.people import bob, dan, staff

pytestmark = pytest.mark.django_db


def test_bob_takes_what_waits() -> None:
    taken = ground.taken_by_bob()

    assert (taken.state, taken.consultant) == (State.ACTIVE, bob())
    assert taken.claimed_at is not None
    assert AuditEntry.objects.filter(action="consultation.claimed", object_id=taken.public_id).count() == 1


def test_who_comes_second_is_told_who_was_first() -> None:
    taken = ground.taken_by_bob()

    with pytest.raises(AlreadyClaimed) as refused:
        consultations.claim(taken, by=staff("Ona", Role.CONSULTANT))

    assert refused.value.name == "Bob"


def test_bobs_second_press_changes_nothing() -> None:
    taken = ground.taken_by_bob()

    again = consultations.claim(taken, by=bob())

    assert again.staff_sequence == taken.staff_sequence


def test_dan_finds_nothing_to_take() -> None:
    asked = ground.alice_asks().consultation
    with pytest.raises(access.NotThere):
        consultations.claim(asked, by=dan())


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_press_take_at_once_one_has_it() -> None:
    asked = ground.alice_asks().consultation
    colleagues = [staff(f"Colleague{number}", Role.CONSULTANT) for number in range(20)]

    def press(number: int) -> str:
        try:
            consultations.claim(asked, by=colleagues[number])
        except AlreadyClaimed as late:
            return late.name
        finally:
            connection.close()
        return "mine"

    with ThreadPoolExecutor(20) as desks:
        answers = list(desks.map(press, range(20)))

    holder = Consultation.objects.get(pk=asked.pk).consultant
    assert answers.count("mine") == 1
    assert answers.count(str(holder)) == 19


def test_a_released_consultation_keeps_its_place() -> None:
    first, second = ground.alice_asks().consultation, ground.alice_asks().consultation
    consultations.release(consultations.claim(first, by=bob()), by=bob())

    assert [found.pk for found in access.waiting()] == [first.pk, second.pk]


def test_bob_hands_it_to_ona() -> None:
    ona = staff("Ona", Role.CONSULTANT)

    moved = consultations.transfer(ground.taken_by_bob(), by=bob(), to=ona)

    assert (moved.state, moved.consultant) == (State.ACTIVE, ona)


def test_it_is_not_handed_to_who_is_no_consultant() -> None:
    with pytest.raises(CannotTake):
        consultations.transfer(ground.taken_by_bob(), by=bob(), to=dan())


def test_it_can_be_handed_to_the_queue_of_an_institution() -> None:
    office = ground.institution("senjorai")

    moved = consultations.transfer(ground.taken_by_bob(), by=bob(), to_institution=office)

    assert (moved.state, moved.institution, moved.consultant) == (State.WAITING, office, None)
    assert access.for_staff(staff("Ona", Role.CONSULTANT, institution=office)).get() == moved


def test_a_colleague_can_not_end_what_bob_holds_but_a_supervisor_can() -> None:
    taken = ground.taken_by_bob()
    with pytest.raises(NotYours):
        consultations.close(taken, by=staff("Ona", Role.CONSULTANT))

    assert consultations.close(taken, by=staff("Vida", Role.SUPERVISOR)).state == State.WRAPPING_UP


def test_alice_leaves_before_an_answer() -> None:
    ended = consultations.end_by_resident(ground.alice_asks().consultation)

    assert ended.state == State.ABANDONED
    assert consultations.end_by_resident(ended).staff_sequence == ended.staff_sequence


def test_alice_ends_a_conversation_and_bob_has_still_to_wrap_it_up() -> None:
    assert consultations.end_by_resident(ground.taken_by_bob()).state == State.WRAPPING_UP


def test_what_is_over_is_not_ended_again() -> None:
    ended = consultations.close(ground.taken_by_bob(), by=bob())
    with pytest.raises(Ended):
        consultations.close(ended, by=bob())


def test_an_erased_conversation_has_no_words_and_no_key_left() -> None:
    begun = ground.alice_asks()
    ended = consultations.end_by_resident(begun.consultation)

    consultations.erase(ended, by=audit.RESIDENT)

    row = Consultation.objects.get(pk=ended.pk)
    assert (row.name, row.secret_digest, row.events.count(), row.grants.count()) == ("", "", 0, 0)
    with pytest.raises(access.NotThere):
        access.get_for_resident(row.public_id, token=begun.token)


def test_what_goes_on_is_not_erased() -> None:
    with pytest.raises(NotEnded):
        consultations.erase(ground.alice_asks().consultation, by=audit.RESIDENT)
