"""A standard that cannot be measured, or promises what it may not, is refused where it is written, in words."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import override

from tests.factories.charter import standard

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"unit": ""}, "unit", "blank"),
        ({"unit": "parsecs"}, "unit", "not a valid choice"),
        ({"target": Decimal("1.2")}, "target", "Write a share between 0 and 1"),
        ({"target": Decimal("-0.1")}, "target", "Write a share between 0 and 1"),
        ({"kind": "uptime", "target": Decimal("99.5")}, "target", "Write a share between 0 and 1"),
        ({"legal_value": 20, "promised_value": 21}, "promised_value", "never laxer"),
        ({"valid_until": dt.date(2025, 12, 31)}, "valid_until", "The last day lies before the first."),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(fields: dict[str, Any], field: str, words: str) -> None:
    found = standard()
    for name, value in fields.items():
        setattr(found, name, value)
    with override("en"), pytest.raises(ValidationError) as refused:
        found.full_clean()
    with override("en"):
        assert words in str(refused.value.message_dict[field])


@pytest.mark.parametrize(
    "fields",
    [{"target": 2}, {"legal_value": 20, "promised_value": 21}, {"valid_until": dt.date(2025, 12, 31)}],
)
def test_no_other_way_brings_it_in(fields: dict[str, Any]) -> None:
    found = standard()
    with pytest.raises(IntegrityError):
        type(found).objects.filter(pk=found.pk).update(**fields)


def test_a_count_may_be_any_number() -> None:
    found = standard(kind="count", target=0, unit="count")
    found.target = Decimal(12)
    found.full_clean()
