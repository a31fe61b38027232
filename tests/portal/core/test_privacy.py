"""Masking: what identifies a person never reaches a log or a kept search."""

import logging

import pytest

from portal.core.privacy import MaskingFilter, identifiers, mask


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("mano kodas 38501011234", "[personal code]"),
        ("LT12 1000 0111 0100 1000", "[account]"),
        ("karta 4111 1111 1111 1111", "[card]"),
        ("ona.petraite@example.lt", "[e-mail]"),
        ("skambinkit +370 612 34567", "[phone]"),
        ("8 612 34567", "[phone]"),
    ],
)
def test_an_identifier_is_replaced_by_its_kind(text: str, kind: str) -> None:
    assert kind in mask(text)
    assert not any(sign.isdigit() for sign in mask(text).split(kind)[-1])
    assert identifiers(text)


@pytest.mark.parametrize("text", ["Gaunu 582,50 € pensijos", "nuo 2026-11-22 iki 2027-01-01", "3 vaikai, 2 kambariai"])
def test_sums_and_dates_stay(text: str) -> None:
    assert mask(text) == text
    assert not identifiers(text)


def test_a_log_line_carries_no_person() -> None:
    record = logging.LogRecord("x", logging.INFO, "", 1, "from %s", ("ona@example.lt",), None)
    MaskingFilter().filter(record)
    assert record.getMessage() == "from [e-mail]"
