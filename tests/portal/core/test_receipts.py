"""Receipts: what people mistype is forgiven, what is wrong stays wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core import receipts


def test_a_secret_fits_its_own_digest_and_no_other() -> None:
    mine, other = receipts.issue("K"), receipts.issue("K")
    assert receipts.fits(mine.secret, receipts.digest(mine.secret))
    assert not receipts.fits(other.secret, receipts.digest(mine.secret))
    assert not receipts.fits("", receipts.digest(mine.secret))
    assert not receipts.fits(mine.secret, "")


@pytest.mark.parametrize(
    "typed",
    ["abcd efgh jkmn 0123", "ABCD-EFGH-JKMN-0123", "ABCDEFGHJKMNO123", "АBСD ЕFGН JКМN О123", "фисв уапр ольт 0123"],
)
def test_a_secret_is_read_as_it_was_meant(typed: str) -> None:
    assert receipts.fits(typed, receipts.digest("ABCDEFGHJKMN0123"))


@given(st.text(max_size=40))
def test_no_typing_breaks_the_reading(typed: str) -> None:
    assert not receipts.fits(typed, receipts.digest("ABCDEFGHJKMN0123")) or len(typed) >= 16
    reference = receipts.read_reference(typed)
    assert reference is None or receipts.read_reference(reference) == reference


@pytest.mark.parametrize("typed", ["K²234-5678", "K①234-5678", "K1234-567²"])
def test_figures_that_are_no_digits_name_nothing(typed: str) -> None:
    assert receipts.read_reference(typed) is None


def test_a_reference_survives_every_way_of_writing_it() -> None:
    reference = receipts.issue("K").reference
    for typed in (reference, reference.lower(), reference.replace("-", " "), f" {reference} ", "К" + reference[1:]):
        assert receipts.read_reference(typed) == reference


def test_one_wrong_digit_is_noticed() -> None:
    reference = receipts.issue("K").reference
    for place, sign in enumerate(reference):
        if sign.isdigit():
            wrong = reference[:place] + str((int(sign) + 1) % 10) + reference[place + 1 :]
            assert receipts.read_reference(wrong) is None
