"""Guessers are slowed down; who holds the receipt never is."""

import contextlib
import logging

import pytest
from django.test import RequestFactory

from portal.core import receipt_tries, receipts
from portal.core.throttling import TooMany

MINE = receipts.issue("B")
REQUEST = RequestFactory().post("/", REMOTE_ADDR="192.0.2.7")


def guess(reference: str = MINE.reference) -> bool:
    return receipt_tries.is_right(REQUEST, reference=reference, secret="0" * 16, stored="")


def mine() -> bool:
    stored = receipts.digest(MINE.secret)
    return receipt_tries.is_right(REQUEST, reference=MINE.reference, secret=MINE.secret, stored=stored)


def test_ten_wrong_tries_for_one_reference_are_the_end_of_guessing() -> None:
    assert [guess() for _ in range(10)] == [False] * 10
    with pytest.raises(TooMany):
        guess()


def test_the_right_secret_is_never_refused() -> None:
    for _ in range(10):
        guess()
    assert mine()


def test_right_ones_are_not_counted() -> None:
    assert all(mine() for _ in range(30))
    assert guess() is False


def test_a_network_that_guesses_many_references_is_slowed_down_too() -> None:
    for _ in range(100):
        guess(receipts.issue("B").reference)
    with pytest.raises(TooMany):
        guess(receipts.issue("B").reference)


def test_somebody_is_woken_once_by_a_storm_of_guesses(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        for _ in range(510):
            with contextlib.suppress(TooMany):
                guess()
    assert len(caplog.records) == 1
