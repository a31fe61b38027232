"""The live end of a conversation: nothing is missed, nothing foreign is heard, whatever the layer does."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from channels.layers import channel_layers

from chat import bus
from chat.actions import consultations, messages, returning
from chat.events import News
from chat.live import Hub, hub
from tests.chat import ground
from tests.chat.sockets import away, following, long_poll, socket
from tests.people import bob

pytestmark = pytest.mark.django_db(transaction=True)
IN_PROCESS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}


@pytest.fixture(params=["in-process", "redis", "no hints at all"])
def layer(request: pytest.FixtureRequest, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Both layers, and a process that hears of nothing."""
    settings.CHANNEL_LAYERS = IN_PROCESS
    if request.param == "redis":
        hosts = [request.getfixturevalue("redis_url")]
        backend = "channels_redis.pubsub.RedisPubSubChannelLayer"
        settings.CHANNEL_LAYERS = {"default": {"BACKEND": backend, "CONFIG": {"hosts": hosts}}}
    if request.param == "no hints at all":
        monkeypatch.setattr(Hub, "hear", lambda *_, **__: True)
    channel_layers.backends = {}
    yield request.param
    channel_layers.backends = {}


@pytest.fixture(autouse=True)
def fresh_layer(settings: Any) -> Iterator[None]:
    channel_layers.backends = {}
    yield
    channel_layers.backends = {}


@pytest.mark.postgres
async def test_alice_hears_what_bob_writes(layer: str) -> None:
    alice = await away(ground.alice_asks)()
    async with following(alice.consultation, alice.token) as line:
        await away(lambda: ground.bob_writes(consultations.claim(alice.consultation, by=bob()), "Sveiki."))()
        if layer == "no hints at all":
            await hub().beat()
        heard: list[Any] = []
        while len(heard) < 2:
            heard += (await line.next("events"))["events"]

    assert [event["sequence"] for event in line.history + heard] == [1, 2, 3]
    assert (heard[-1]["text"], heard[-1]["name"]) == ("Sveiki.", "Bob")


@pytest.mark.postgres
async def test_what_another_process_stored_is_heard_by_the_layer(
    layer: str, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    if layer != "redis":
        pytest.skip("one process has no other")
    monkeypatch.setattr(Hub, "hear", lambda *_, **__: True)  # nothing is heard from within
    alice = await away(ground.alice_asks)()
    async with following(alice.consultation, alice.token) as line:
        sent = await away(ground.alice_writes)(alice.consultation, "Iš kitur")
        monkeypatch.setattr(bus, "_here", "another process")
        numbers = [(alice.consultation.pk, sent.event.public_sequence, sent.event.staff_sequence)]
        await asyncio.sleep(0.2)
        await bus.send(numbers, is_queue_changed=False)
        monkeypatch.setattr(bus, "_here", "this process")
        heard = await line.next("events")

    assert [event["text"] for event in heard["events"]] == ["Iš kitur"]


async def test_a_note_is_never_heard() -> None:
    alice = await away(ground.alice_asks)()
    taken = await away(consultations.claim)(alice.consultation, by=await away(bob)())
    async with following(alice.consultation, alice.token, since=2) as line:
        await away(lambda: messages.note(taken, text="Slapta", client_id=uuid4(), by=bob()))()
        await away(ground.bob_writes)(taken, "Vieša")
        page = await line.next("events")

    assert [(event["sequence"], event["text"]) for event in page["events"]] == [(3, "Vieša")]


@pytest.mark.postgres
async def test_what_alice_sends_is_acknowledged_once_and_comes_back_to_her() -> None:
    alice = await away(ground.alice_asks)()
    frame = {"type": "send", "client_id": str(uuid4()), "text": "Dar vienas"}
    async with following(alice.consultation, alice.token) as line:
        await line.say(frame)
        first = await line.next("ack")
        heard = await line.next("events")
        await line.say(frame)
        second = await line.next("ack")

    assert (first["sequence"], first["duplicate"], second["duplicate"]) == (2, False, True)
    assert heard["events"][0]["client_id"] == frame["client_id"]


async def test_a_refusal_is_a_code_and_nothing_else() -> None:
    alice = await away(ground.alice_asks)()
    async with following(alice.consultation, alice.token) as line:
        await away(consultations.end_by_resident)(alice.consultation)
        frame = {"type": "send", "client_id": str(uuid4()), "text": "Dar"}
        await line.say(frame)
        answer = await line.next("refused")

    assert answer == {"type": "refused", "client_id": frame["client_id"], "code": "ended"}


async def test_a_foreign_conversation_and_one_that_is_not_there_close_alike() -> None:
    alice, eve = await away(ground.alice_asks)(), await away(ground.alice_asks)()
    codes = []
    for token in (eve.token, "", "x"):
        line = socket(alice.consultation, token)
        await line.connect()
        codes.append(await line.closed_with())
    alice.consultation.public_id = "a" * 22
    line = socket(alice.consultation, alice.token)
    await line.connect()
    codes.append(await line.closed_with())

    assert codes == [4404] * 4


@pytest.mark.parametrize("origin", [None, b"null", b"http://evil.example", b"http://testserver:81", b"file://"])
async def test_another_sites_page_can_not_open_it(origin: bytes | None) -> None:
    alice = await away(ground.alice_asks)()
    assert not await socket(alice.consultation, alice.token, origin=origin).connect()


async def test_who_lost_the_key_is_shown_out_at_the_next_beat() -> None:
    alice = await away(ground.alice_asks)()
    async with following(alice.consultation, alice.token) as line:
        await away(returning.leave)(alice.token)
        await hub().beat()
        assert await line.closed_with() == 4404


async def test_a_fourth_window_of_one_browser_waits() -> None:
    alice = await away(ground.alice_asks)()
    async with (
        following(alice.consultation, alice.token),
        following(alice.consultation, alice.token),
        following(alice.consultation, alice.token),
    ):
        line = socket(alice.consultation, alice.token)
        await line.connect()
        assert await line.closed_with() == 4429


@pytest.mark.parametrize("frame", ["", "{}", "[1]", '{"type": "hello", "since": {}}', '{"type": "send"}', "\x00"])
async def test_nonsense_closes_the_socket(frame: str) -> None:
    alice = await away(ground.alice_asks)()
    line = socket(alice.consultation, alice.token)
    await line.connect()
    await line.say(frame)
    assert await line.closed_with() == 4400


async def test_a_long_history_comes_in_pages_without_a_gap() -> None:
    alice = await away(ground.alice_asks)()
    await away(lambda: [ground.alice_writes(alice.consultation, f"Nr. {n}") for n in range(520)])()
    async with following(alice.consultation, alice.token) as line:
        assert [event["sequence"] for event in line.history] == list(range(1, 522))


@pytest.mark.postgres
async def test_a_long_poll_answers_as_soon_as_there_is_news(layer: str) -> None:
    if layer == "no hints at all":
        pytest.skip("without hints it answers when its time is over: the next test")
    alice = await away(ground.alice_asks)()
    asking = asyncio.create_task(long_poll(alice.consultation, alice.token, since=1, wait=20))
    await asyncio.sleep(0.3)
    await away(ground.alice_writes)(alice.consultation, "Nauja")
    _status, page = await asyncio.wait_for(asking, 5)

    assert [event["text"] for event in page["events"]] == ["Nauja"]


async def test_a_long_poll_without_news_ends_in_time_and_with_news_at_once() -> None:
    alice = await away(ground.alice_asks)()

    _status, nothing = await long_poll(alice.consultation, alice.token, since=1, wait=1)
    _status, something = await long_poll(alice.consultation, alice.token, since=0, wait=20)

    assert (nothing["events"], len(something["events"])) == ([], 1)


async def test_a_fourth_long_poll_of_one_browser_is_sent_away_and_the_next_one_is_not() -> None:
    begun = await away(ground.alice_asks)()
    polls = [long_poll(begun.consultation, begun.token, since=1, wait=1) for _ in range(4)]

    answers = sorted(status for status, _page in await asyncio.gather(*polls))

    assert answers == [200, 200, 200, 429]
    assert (await long_poll(begun.consultation, begun.token, since=0, wait=1))[0] == 200


async def test_a_foreign_long_poll_gets_nothing() -> None:
    alice, eve = await away(ground.alice_asks)(), await away(ground.alice_asks)()
    assert await long_poll(alice.consultation, eve.token, since=0, wait=1) == (404, {"code": "not_yours"})


@pytest.fixture
def no_layer(settings: Any) -> None:
    settings.CHANNEL_LAYERS = {"default": {"BACKEND": "tests.chat.layers.Away"}}
    channel_layers.backends = {}


async def test_while_the_layer_is_away_sockets_go_on_and_polls_bring_what_was_stored(no_layer: None) -> None:
    alice = await away(ground.alice_asks)()
    async with following(alice.consultation, alice.token) as line:
        await line.say({"type": "send", "client_id": str(uuid4()), "text": "Vis tiek"})
        assert (await line.next("ack"))["sequence"] == 2
    await away(ground.alice_writes)(alice.consultation, "Nauja")
    _status, page = await long_poll(alice.consultation, alice.token, since=2, wait=20)

    assert [event["text"] for event in page["events"]] == ["Nauja"]


async def test_a_doubled_and_an_old_hint_bring_nothing_twice() -> None:
    alice = await away(ground.alice_asks)()
    async with following(alice.consultation, alice.token) as line:
        await away(ground.alice_writes)(alice.consultation, "Nauja")
        first = await line.next("events")
        for sequence in (2, 1, 2):
            hub().hear([News(alice.consultation.pk, sequence, sequence)], is_queue_changed=False)
        assert await line.receive_nothing()

    assert [event["sequence"] for event in first["events"]] == [2]
