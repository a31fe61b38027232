"""Who waits longest is offered to who has room, for 25 seconds, and keeps the place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from charter.models import Role
from chat import access
from chat.actions import calls, consultations, offers, presence
from chat.actions.errors import AlreadyClaimed
from chat.actions.presence import TakenExtension, Ways
from chat.models import Choice, Consultation, Offer, OfferOutcome, State
from portal.core.models import User
from tests.chat import ground
from tests.factories.answers import topic
from tests.people import bob, staff

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel("2026-11-25 10:00+02:00", tick=False) as moved:
        yield moved


def ready(user: User, *languages: str, capacity: int = 2, topics: tuple[str, ...] = ()) -> User:
    presence.choose(user, Choice.AVAILABLE)
    presence.set_ways(user, Ways(languages or ("lt",), topics, capacity, takes_offers=True, extension=""))
    return user


def fresh(consultation: Consultation) -> Consultation:
    consultation.refresh_from_db()
    return consultation


def test_who_waits_longest_is_offered_and_taken(clock: Any) -> None:
    ready(bob(), capacity=1)
    first = ground.alice_asks().consultation
    clock.shift(5)
    second = ground.alice_asks().consultation

    assert offers.distribute() == 1
    offers.take(first, by=bob())

    assert (fresh(first).state, fresh(second).state) == (State.ACTIVE, State.WAITING)
    assert Offer.objects.get().outcome == OfferOutcome.TAKEN


def test_an_offer_lapses_after_25_seconds_and_goes_to_the_next(clock: Any) -> None:
    ready(bob())
    asked = ground.alice_asks().consultation
    offers.distribute()
    ona = ready(staff("Ona", Role.CONSULTANT))
    clock.shift(26)
    presence.beat(bob())
    presence.beat(ona)

    offers.distribute()

    assert fresh(asked).consultant == ona
    with pytest.raises(AlreadyClaimed):
        offers.take(asked, by=bob())


def test_what_lapses_keeps_its_place(clock: Any) -> None:
    ready(bob(), capacity=1)
    first = ground.alice_asks().consultation
    clock.shift(1)
    ground.alice_asks()
    offers.distribute()
    clock.shift(26)

    offers.distribute()

    assert access.waiting().first() == first


def test_nobody_is_offered_a_language_they_do_not_speak_or_a_topic_they_do_not_take() -> None:
    heating, care = topic("bustas"), topic("globa")
    ready(bob(), "ru", topics=("globa",))
    lithuanian = ground.alice_asks().consultation
    about_heating = ground.alice_asks(language="ru").consultation
    about_care = ground.alice_asks(language="ru").consultation
    Consultation.objects.filter(pk=about_heating.pk).update(topic=heating)
    Consultation.objects.filter(pk=about_care.pk).update(topic=care)

    offers.distribute()

    assert [fresh(one).state for one in (lithuanian, about_heating, about_care)] == ["waiting", "waiting", "offered"]


def test_who_is_on_the_phone_is_offered_nothing() -> None:
    ready(bob())
    calls.begin(key=uuid4(), language="lt", by=bob())
    ground.alice_asks()

    assert offers.distribute() == 0


def test_who_does_not_want_offers_or_is_away_gets_none(clock: Any) -> None:
    presence.choose(bob(), Choice.AVAILABLE)
    away = ready(staff("Ona", Role.CONSULTANT))
    clock.shift(60)
    ground.alice_asks()

    assert offers.distribute() == 0
    assert access.held_by(away).count() == 0


def test_a_declined_offer_is_not_made_again_at_once() -> None:
    ready(bob())
    asked = ground.alice_asks().consultation
    offers.distribute()

    offers.decline(asked, by=bob())

    assert offers.distribute() == 0
    assert consultations.claim(asked, by=bob()).state == State.ACTIVE


def test_one_extension_rings_at_one_desk() -> None:
    presence.set_ways(bob(), Ways(("lt",), (), 3, takes_offers=False, extension="204"))
    with pytest.raises(TakenExtension):
        presence.set_ways(staff("Ona", Role.CONSULTANT), Ways(("lt",), (), 3, takes_offers=False, extension="204"))
