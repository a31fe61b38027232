"""A compiled query finds what the queryset it was made of finds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q, QuerySet
from django.test.utils import CaptureQueriesContext

from charter.models import BaseAmount, Institution, Municipality
from portal.core import translations
from portal.core.compiled import compiled

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def city() -> None:
    office = Institution.objects.create(
        code="kspc",
        name_lt="Centras",
        name_ru="Центр",
        phone="(0 46) 300706",
        phone_as_of=dt.date(2026, 9, 1),
        live=True,
    )
    Institution.objects.create(code="gerove", name_lt="Gerovė", live=True, translated_from={"ru": "abc"})
    Institution.objects.create(code="draft", name_lt="Juodraštis", live=False)
    Municipality.objects.create(name_lt="Klaipėda", phone_institution=office)
    BaseAmount.objects.create(code="VRP", year=2025, amount=Decimal("221.00"))
    BaseAmount.objects.create(code="VRP", year=2026, amount=Decimal("233.50"))


def _plain(codes: Sequence[str], *, live: bool) -> QuerySet[Any, dict[str, Any]]:
    fields = ("code", "name_lt", "name_ru", "phone_as_of", "translated_from", "live", "first_published_at")
    return translations.rows(Institution).filter(code__in=codes, live=live).order_by("-code").values(*fields)


def test_rows_and_their_types_are_the_querysets() -> None:
    quick = compiled(_plain)

    for live in (True, False):
        assert quick(["kspc", "gerove", "draft"], live=live) == list(_plain(["kspc", "gerove", "draft"], live=live))


def test_each_call_has_its_own_values() -> None:
    quick = compiled(_plain)

    assert [row["code"] for row in quick(["kspc"], live=True)] == ["kspc"]
    assert [row["code"] for row in quick(["gerove"], live=True)] == ["gerove"]
    assert [row["code"] for row in quick(["gerove", "kspc"], live=True)] == ["kspc", "gerove"]
    assert quick([], live=True) == []


def test_a_value_may_stand_in_several_conditions_and_in_joined_tables() -> None:
    @compiled
    def found(word: str, year: int) -> QuerySet[Any, tuple[Any, ...]]:
        called = Q(name_lt=word) | Q(phone_institution__name_lt=word)
        return translations.rows(Municipality).filter(called).values_list("name_lt", "phone_institution__phone_as_of")

    with pytest.raises(TypeError, match="do not stand as they are"):
        found("Klaipėda", 2026)

    @compiled
    def named(word: str) -> QuerySet[Any, tuple[Any, ...]]:
        called = Q(name_lt=word) | Q(phone_institution__name_lt=word)
        return translations.rows(Municipality).filter(called).values_list("name_lt", "phone_institution__phone_as_of")

    assert named("Klaipėda") == named("Centras") == [("Klaipėda", dt.date(2026, 9, 1))]
    assert named("Vilnius") == []


def test_numbers_and_days_are_values_too() -> None:
    @compiled
    def amounts(code: str, year: int) -> QuerySet[Any, tuple[Any, ...]]:
        return translations.rows(BaseAmount).filter(code=code, year=year).values_list("amount")

    @compiled
    def checked(day: dt.date) -> QuerySet[Any, dict[str, Any]]:
        return translations.rows(Institution).filter(phone_as_of__lte=day).values("code")

    assert amounts("VRP", 2026) == [(Decimal("233.50"),)]
    assert amounts("VRP", 2025) == [(Decimal("221.00"),)]
    assert checked(dt.date(2026, 9, 1)) == [{"code": "kspc"}]
    assert checked(dt.date(2026, 8, 31)) == []


@pytest.mark.parametrize("unclear", [True, dt.datetime(2026, 1, 1, tzinfo=dt.UTC)])
def test_what_could_be_mistaken_is_refused(unclear: Any) -> None:
    @compiled
    def never(value: Any) -> QuerySet[Any, dict[str, Any]]:
        return translations.rows(Institution).filter(live=value).values("code")

    with pytest.raises(TypeError):
        never(unclear)


def test_whole_objects_are_refused() -> None:
    with pytest.raises(TypeError, match="plain rows"):
        compiled(lambda: Institution.objects.all())()


def test_it_is_one_query_each_time_and_counted_as_one() -> None:
    quick = compiled(_plain)
    with CaptureQueriesContext(connection) as asked:
        quick(["kspc"], live=True)
        quick(["gerove"], live=True)

    assert len(asked) == 2
    assert "gerove" in asked[1]["sql"]


def test_apostrophes_and_percent_signs_are_only_signs() -> None:
    quick = compiled(_plain)

    assert quick(["100 %s' OR 1=1 --"], live=True) == []


def test_whole_numbers_may_come_in_sequences() -> None:
    @compiled
    def keyed(keys: Sequence[int]) -> QuerySet[Any, dict[str, Any]]:
        return translations.rows(Institution).filter(pk__in=keys).order_by("phone").distinct().values("code")

    key = Institution.objects.get(code="kspc").pk

    assert keyed([key]) == keyed([key, key + 100]) == [{"code": "kspc"}]
