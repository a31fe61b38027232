"""Whatever comes over the wire, only known words go out."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat import protocol
from chat.protocol import Garbled, Hello, Say

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.text(max_size=200) | ANYTHING.map(json.dumps))
def test_nonsense_is_nonsense(frame: str) -> None:
    with pytest.raises(Garbled):
        protocol.read(frame)


@given(ANYTHING, ANYTHING)
def test_half_a_frame_is_nonsense_or_a_greeting(since: object, client_id: object) -> None:
    with suppress(Garbled):
        assert isinstance(protocol.read(json.dumps({"type": "hello", "since": since})), Hello)
    with pytest.raises(Garbled):
        protocol.read(json.dumps({"type": "send", "client_id": client_id, "text": 1}))


def test_our_own_frames_are_understood() -> None:
    assert protocol.read('{"type": "hello", "since": 7}') == Hello(7)
    said = protocol.read('{"type": "send", "client_id": "0b8e0f8e-8d1f-4a57-9d92-111111111111", "text": "Labas"}')
    assert isinstance(said, Say)


@pytest.mark.parametrize(("typed", "number"), [("7", 7), ("", 0), ("-1", 0), ("9" * 11, 2**31 - 1), ("٣", 0), ("x", 0)])
def test_a_number_in_an_address_is_read_without_trust(typed: str, number: int) -> None:
    assert protocol.read_sequence(typed) == number
