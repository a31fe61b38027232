"""The desk's socket hears that something is new, and no longer than its consultant is signed in."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from channels.layers import channel_layers
from channels.routing import URLRouter
from django.conf import settings
from django.test import Client

import chat.sockets
from chat import presence
from chat.actions import consultations, drafts
from chat.actions import presence as actions
from chat.desk.consumers import DeskSocket
from chat.models import Choice
from portal.core.models import User
from tests.chat import ground
from tests.chat.desk.ground import at_the_desk
from tests.chat.sockets import SITE, Socket, away, following
from tests.people import bob, dan, staff

pytestmark = pytest.mark.django_db(transaction=True)


def line_of(client: Client, *, origin: bytes = b"http://" + SITE, open_id: str = "") -> Socket:
    site = URLRouter(chat.sockets.websocket_urlpatterns)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    headers = [(b"host", SITE), (b"origin", origin), (b"cookie", f"{settings.SESSION_COOKIE_NAME}={key}".encode())]
    return Socket(
        site, {"type": "websocket", "path": "/ws/desk/", "query_string": f"open={open_id}".encode(), "headers": headers}
    )


@pytest.fixture(autouse=True)
def fresh_layer() -> Iterator[None]:
    channel_layers.backends = {}
    yield
    channel_layers.backends = {}


async def test_bob_hears_that_somebody_waits() -> None:
    line = line_of(await away(at_the_desk)())
    assert await line.connect()
    await line.say({"type": "beat"})
    await away(ground.alice_asks)()

    assert (await line.next("queue")) == {"type": "queue"}
    await line.hang_up()


async def test_bob_hears_of_words_in_a_conversation_that_lies_with_him_and_is_not_open() -> None:
    taken = await away(ground.taken_by_bob)()
    line = line_of(await away(at_the_desk)())
    assert await line.connect()
    await away(ground.alice_writes)(taken, "Dar kartą aš")

    assert (await line.next("queue")) == {"type": "queue"}
    assert await line.receive_nothing()
    await line.hang_up()


async def test_bob_hears_of_words_that_come_before_his_line_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = await away(ground.taken_by_bob)()
    look = DeskSocket._look_at_held

    async def slow_look(self: DeskSocket) -> None:
        await look(self)
        await away(ground.alice_writes)(taken, "Dar kartą aš")
        await asyncio.sleep(0.1)  # the hint is there, the line is not

    monkeypatch.setattr(DeskSocket, "_look_at_held", slow_look)
    line = line_of(await away(at_the_desk)())
    assert await line.connect()

    assert (await line.next("queue")) == {"type": "queue"}
    await line.hang_up()


async def test_a_supervisor_hears_at_once_that_bob_begins_to_write() -> None:
    taken = await away(ground.taken_by_bob)()
    line = line_of(await away(lambda: at_the_desk(staff("Sofija", "supervisor")))(), open_id=taken.public_id)
    assert await line.connect()
    await away(drafts.keep)(taken, "Jums pri", by=await away(bob)())

    assert (await line.next("typing")) == {"type": "typing"}
    await line.hang_up()


async def test_alice_hears_nothing_of_a_draft() -> None:
    asked = await away(ground.alice_asks)()
    taken = await away(lambda: consultations.claim(asked.consultation, by=bob()))()
    async with following(taken, asked.token, since=0) as line:
        await away(drafts.keep)(taken, "Jums pri", by=await away(bob)())

        assert await line.receive_nothing(timeout=0.5)


async def test_bob_hears_nothing_of_words_in_a_conversation_of_a_colleague() -> None:
    await away(bob)()
    theirs = await away(lambda: consultations.claim(ground.alice_asks().consultation, by=staff("Ona", "consultant")))()
    line = line_of(await away(at_the_desk)())
    assert await line.connect()
    await away(ground.alice_writes)(theirs, "Ne Bobui")

    assert await line.receive_nothing(timeout=0.5)
    await line.hang_up()


async def test_an_open_screen_is_a_sign_of_life() -> None:
    desk = await away(at_the_desk)()
    await away(actions.choose)(await away(bob)(), Choice.AVAILABLE)
    line = line_of(desk)
    assert await line.connect()
    await line.say({"type": "beat"})
    await line.hang_up()

    assert await away(presence.available().count)() == 1


@pytest.mark.parametrize("end", ["logout", "password", "disabled", "membership"])
async def test_the_socket_ends_with_the_session_and_the_right(end: str) -> None:
    desk = await away(at_the_desk)()
    line = line_of(desk)
    assert await line.connect()

    await away(_end)(desk, end)
    await line.say({"type": "beat"})

    assert await line.closed_with() == 4403


def _end(desk: Client, how: str) -> None:
    user = bob()
    if how == "logout":
        desk.logout()
    elif how == "password":
        user.set_password("another")
        user.save()
    elif how == "disabled":
        User.objects.update(is_active=False)
    else:
        user.memberships.all().delete()


async def test_a_stranger_to_the_desk_hears_nothing() -> None:
    line = line_of(await away(lambda: at_the_desk(dan()))())
    assert await line.connect()
    assert await line.closed_with() == 4403


async def test_another_sites_page_opens_no_desk() -> None:
    line = line_of(await away(at_the_desk)(), origin=b"http://evil.example")
    assert not await line.connect()


async def test_bytes_are_taken_as_a_sign_of_life_too() -> None:
    line = line_of(await away(at_the_desk)())
    assert await line.connect()
    await line.send_input({"type": "websocket.receive", "bytes": b"\xff" * 64})
    await away(ground.alice_asks)()

    assert (await line.next("queue")) == {"type": "queue"}
    await line.hang_up()
