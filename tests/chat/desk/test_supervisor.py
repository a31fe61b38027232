"""Sofija the supervisor: sees the floor, is told what needs her, takes over, reads afterwards."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
import time_machine

from charter.memberships import Reach
from charter.models import Role
from chat import rounds, wallboard
from chat.actions import calls, consultations, presence, wrapups
from chat.actions.wrapups import Summary
from chat.models import Alert, AlertKind, Choice, EndReason, Found, Invitation, Outcome, QualityCheck, State
from portal.core import clock
from portal.core.models import User
from tests.chat import ground
from tests.chat.desk.ground import address, at_the_desk
from tests.factories.answers import topic
from tests.factories.charter import working_week
from tests.people import bob, staff

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def sofija() -> User:
    return staff("Sofija", Role.SUPERVISOR)


def test_the_wallboard_says_who_waits_and_who_is_there() -> None:
    presence.choose(bob(), Choice.AVAILABLE)
    ground.alice_asks(language="ru")

    page = at_the_desk(sofija()).get(address("wallboard")).content.decode()

    assert "Bob" in page
    assert "0/3" in page


def test_a_consultant_sees_no_wallboard() -> None:
    assert at_the_desk().get(address("wallboard")).status_code == 403


def test_one_picture_a_second_whoever_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    real = wallboard._board

    def counted(*args: Any, **kwargs: Any) -> wallboard.Board:
        made.append(1)
        return real(*args, **kwargs)

    monkeypatch.setattr(wallboard, "_board", counted)
    desk = at_the_desk(sofija())

    with time_machine.travel(clock.now(), tick=False):
        for _ in range(5):
            desk.get(address("wallboard_part"))

    assert len(made) == 1


def test_forty_who_look_at_the_same_moment_cost_no_more_than_one(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[float] = []
    picture = wallboard.Board(clock.now(), (), (), (), 0, 0, 60)

    def slow(*args: Any, **kwargs: Any) -> wallboard.Board:
        made.append(time.monotonic())
        time.sleep(0.2)
        return picture

    monkeypatch.setattr(wallboard, "_board", slow)
    began = time.monotonic()

    def look(_viewer: int) -> int:
        seen = 0
        while time.monotonic() < began + 2.2:
            assert wallboard.board(Reach(whole_city=True, institutions=frozenset()), promised=60) is not None
            seen += 1
            time.sleep(0.02)
        return seen

    with ThreadPoolExecutor(40) as viewers:
        looks = sum(viewers.map(look, range(40)))

    assert looks > 100
    assert len(made) <= 4
    assert all(later - earlier >= 0.9 for earlier, later in pairwise(made))


def test_words_of_danger_alert_her_and_marking_by_hand_does_too() -> None:
    taken = ground.taken_by_bob()

    at_the_desk().post(address("deed", taken), {"do": "urgent"})

    assert Alert.objects.get().kind == AlertKind.CRISIS
    assert "somebody may be in danger" in at_the_desk(sofija()).get(address("wallboard")).content.decode().lower()


def test_what_she_has_seen_is_gone() -> None:
    at_the_desk().post(address("deed", ground.taken_by_bob()), {"do": "urgent"})

    at_the_desk(sofija()).post(address("seen"), {"alert": str(Alert.objects.get().pk)})

    assert Alert.objects.get().seen_by == sofija()


def test_she_takes_over_and_the_resident_reads_who() -> None:
    taken = ground.taken_by_bob()

    at_the_desk(sofija()).post(address("deed", taken), {"do": "take_over"})

    taken.refresh_from_db()
    assert taken.consultant == sofija()


def test_a_consultant_cannot_take_over() -> None:
    taken = ground.taken_by_bob()

    answer = at_the_desk(staff("Ona", Role.CONSULTANT)).post(address("deed", taken), {"do": "take_over"})

    assert answer.status_code == 409
    taken.refresh_from_db()
    assert taken.consultant == bob()


def test_a_colleague_who_is_asked_in_reads_and_whispers_but_does_not_answer() -> None:
    home, away = ground.institution("rytas"), ground.institution("vakaras")
    ona = staff("Ona", Role.CONSULTANT, institution=away)
    taken = consultations.claim(ground.alice_asks().consultation, by=bob(home))
    desk = at_the_desk(ona)
    assert desk.get(address("consultation", taken)).status_code == 404

    at_the_desk().post(address("deed", taken), {"do": "invite", "to": str(ona.pk)})

    page = desk.get(address("consultation", taken)).content.decode()
    assert "Keep as a note" in page
    assert 'name="send"' not in page
    assert Invitation.objects.get().user == ona


def test_ending_for_abuse_says_why_and_she_sees_it() -> None:
    taken = ground.taken_by_bob()

    at_the_desk().post(address("deed", taken), {"do": "abuse"})

    taken.refresh_from_db()
    assert (taken.state, taken.end_reason) == (State.WRAPPING_UP, EndReason.ABUSE)
    assert Alert.objects.get().kind == AlertKind.ABUSE


def test_who_may_be_in_danger_is_never_ended_for_abuse() -> None:
    taken, desk = ground.taken_by_bob(), at_the_desk()
    desk.post(address("deed", taken), {"do": "urgent"})

    answer = desk.post(address("deed", taken), {"do": "abuse"})

    assert answer.status_code == 409
    taken.refresh_from_db()
    assert taken.state == State.ACTIVE


def test_she_is_told_of_who_is_cut_off_and_of_a_language_nobody_speaks() -> None:
    working_week()
    with time_machine.travel("2026-11-25 10:00+02:00", tick=False) as clock:
        presence.choose(bob(), Choice.AVAILABLE)
        ground.taken_by_bob()
        ground.alice_asks(language="uk")
        clock.shift(200)
        rounds.look_at_the_floor()
        rounds.look_at_the_floor()

    kinds = sorted(Alert.objects.values_list("kind", "subject"))
    assert [kind for kind, _subject in kinds] == [AlertKind.CUT_OFF, AlertKind.NOBODY]


@pytest.mark.parametrize(
    ("waits", "slow"),
    [
        ([("lt", 20, 60.0), ("ru", 20, 90.0)], ["ru"]),
        ([("lt", 20, 60.0), ("ru", 20, 89.0)], []),
        ([("lt", 20, 60.0), ("ru", 9, 900.0)], []),
        ([("lt", 20, 60.0)], []),
        ([], []),
    ],
)
def test_a_language_that_waits_half_as_long_again_is_named(waits: Any, slow: list[str]) -> None:
    assert wallboard.slow_languages(waits) == slow


def closed() -> Any:
    taken = ground.taken_by_bob()
    ground.alice_writes(taken, "Rašykite man ona@example.lt")
    wrapups.wrap_up(taken, Summary(topic(), Outcome.ANSWERED, Found.YES), by=bob())
    return taken


def test_a_conversation_is_read_without_what_identifies_somebody() -> None:
    page = at_the_desk(sofija()).get(address("check", closed())).content.decode()

    assert "ona@example.lt" not in page
    assert "[e-mail]" in page


def test_a_check_is_kept_once_and_needs_an_answer() -> None:
    read, desk = closed(), at_the_desk(sofija())

    assert desk.post(address("check", read), {"note": "Gerai"}).status_code == 422
    desk.post(address("check", read), {"gave_name": "yes", "spoke_plainly": "no"})

    made = QualityCheck.objects.get()
    assert (made.gave_name, made.spoke_plainly, made.answered_rightly) == (True, False, None)
    assert desk.get(address("check", read)).status_code == 404
    assert "Quality" in desk.get(address("quality")).content.decode()


def test_nobody_judges_their_own() -> None:
    assert at_the_desk(staff("Bob", Role.SUPERVISOR)).get(address("check", closed())).status_code == 404


def test_bob_says_how_he_works() -> None:
    topic("bustas")
    desk = at_the_desk()

    assert desk.post(address("me"), {"capacity": "2"}).status_code == 422
    desk.post(
        address("me"), {"languages": ["lt", "ru"], "capacity": "2", "takes_offers": "1", "topics": ["bustas", "x"]}
    )

    mine = bob().presence
    assert (mine.languages, mine.capacity, mine.takes_offers, mine.topics) == (["lt", "ru"], 2, True, ["bustas"])


def test_a_break_says_what_for() -> None:
    at_the_desk().post(address("presence"), {"choice": "break:meal"})

    assert (bob().presence.choice, bob().presence.reason) == (Choice.BREAK, "meal")


def test_handing_on_takes_a_note_along_and_a_topic_keeps_the_place() -> None:
    topic("globa")
    taken = ground.taken_by_bob()

    at_the_desk().post(address("hand_over", taken), {"to": "topic:globa", "note": "Reikia globos specialisto"})

    taken.refresh_from_db()
    assert (taken.state, taken.topic.code if taken.topic else "") == (State.WAITING, "globa")
    assert "Reikia globos specialisto" in at_the_desk().get(address("consultation", taken)).content.decode()


def test_how_many_the_phone_needs_is_estimated_from_thirty_calls_on() -> None:
    with time_machine.travel("2026-11-25 10:00+02:00", tick=False) as clock:
        for number in range(30):
            call = calls.begin(key=UUID(int=number), language="lt", by=bob())
            clock.shift(240)
            wrapups.wrap_up(call, Summary(None, Outcome.ANSWERED, Found.YES), by=bob())
            clock.shift(60)

        page = at_the_desk(sofija()).get(address("wallboard")).content.decode()

    assert "By Erlang C" in page
    assert "It rests on 30 calls." in page
    assert "Wednesday" in page
