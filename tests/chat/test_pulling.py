"""Many come back in the same second, as after a restart: they are looked up together, and nobody gets another's key."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from typing import Any

import pytest

from chat import access, pulling, rows
from tests.chat import ground
from tests.chat.sockets import away

pytestmark = pytest.mark.django_db(transaction=True)


async def test_who_knocks_together_is_looked_up_together_and_gets_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    begun = await away(lambda: [ground.alice_asks(f"Nr. {number}") for number in range(12)])()
    visits: list[int] = []
    keys = rows.keys

    def counted(digests: Collection[str]) -> Any:
        visits.append(len(digests))
        return keys(digests)

    monkeypatch.setattr(rows, "keys", counted)
    found = await asyncio.gather(*(pulling.key(one.consultation.public_id, one.token) for one in begun))

    assert [key.consultation_id for key in found] == [one.consultation.pk for one in begun]
    assert sum(visits) == 12
    assert len(visits) <= 3


async def test_one_who_gives_up_and_one_without_a_key_hinder_nobody() -> None:
    alice, eve = await away(ground.alice_asks)(), await away(ground.alice_asks)()
    impatient = asyncio.create_task(pulling.key(alice.consultation.public_id, alice.token))
    foreign = asyncio.create_task(pulling.key(alice.consultation.public_id, eve.token))
    right = asyncio.create_task(pulling.key(eve.consultation.public_id, eve.token))
    await asyncio.sleep(0)
    impatient.cancel()

    assert (await right).consultation_id == eve.consultation.pk
    with pytest.raises(access.NotThere):
        await foreign
    with pytest.raises(access.NotThere):
        await pulling.key(alice.consultation.public_id, "")


async def test_when_the_database_is_away_everybody_hears_so_and_the_next_is_served(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    alice = await away(ground.alice_asks)()
    keys = rows.keys

    def broken(digests: Collection[str]) -> Any:
        raise OSError("away")

    monkeypatch.setattr(rows, "keys", broken)
    with pytest.raises(OSError, match="away"):
        await pulling.key(alice.consultation.public_id, alice.token)
    monkeypatch.setattr(rows, "keys", keys)

    assert (await pulling.key(alice.consultation.public_id, alice.token)).consultation_id == alice.consultation.pk
