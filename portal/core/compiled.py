"""Queries that are always the same but for a few values: built and compiled once, then only run.

Building a queryset of forty language columns and turning it into SQL costs three times as much processor time as
running it. A page that asks six of them spends half its budget there. Written as

    @compiled
    def _services(codes: Sequence[str], *, live: bool) -> QuerySet[Service, dict[str, Any]]:
        return translations.rows(Service).filter(code__in=codes, live=live).values("code", "name_lt")

    rows = _services(["pasalpa", "krizes"], live=True)

the queryset is made once for each number of codes; `rows` is the list it would have given. Values given by position
are texts, whole numbers, days or sequences of them, and stand as they are in a condition; whatever shapes the query
(which columns, yes or no) is given by name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.query import ValuesIterable, ValuesListIterable

P = ParamSpec("P")
Row = TypeVar("Row")
Value = str | int | dt.date
TEXT = "\ue000value {}\ue000"  # private-use signs: no text of ours holds them
NUMBER = 32_000  # fits the smallest whole-number column: PostgreSQL finds nothing for one that does not
DAY = dt.date(1, 1, 1)


@dataclass(frozen=True, slots=True)
class _Statement:
    """One compiled query. `slots`: for each parameter the place of the value given, or None where it is constant."""

    sql: str
    constants: tuple[Any, ...]
    slots: tuple[int | None, ...]
    names: tuple[str, ...] | None
    converters: tuple[tuple[int, Sequence[Callable[..., Any]], Any], ...]

    def run(self, given: Sequence[Value]) -> list[Any]:
        values = [_for_database(value) for value in given]
        parameters = [
            constant if slot is None else values[slot]
            for constant, slot in zip(self.constants, self.slots, strict=True)
        ]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, parameters)
            rows = cursor.fetchall()
        if self.converters:
            rows = [self._converted(list(row)) for row in rows]
        if self.names is None:
            return [tuple(row) for row in rows]
        # After the columns asked for, a row may hold what DISTINCT orders by.
        return [dict(zip(self.names, row, strict=False)) for row in rows]

    def _converted(self, row: list[Any]) -> list[Any]:
        for place, converters, expression in self.converters:
            for convert in converters:
                row[place] = convert(row[place], expression, connection)
        return row


def compiled(build: Callable[P, QuerySet[Any, Row]]) -> Callable[P, list[Row]]:
    """See the module. `build` must give a queryset of `.values()` or `.values_list()`, and depend on nothing else."""
    kept: dict[Any, _Statement | None] = {}

    @wraps(build)
    def rows(*args: P.args, **kwargs: P.kwargs) -> list[Row]:
        given: list[Any] = [value if isinstance(value, Value) else tuple(value) for value in args]  # type: ignore[arg-type]
        shape = tuple(
            (len(value), *map(type, value[:1])) if isinstance(value, tuple) else type(value) for value in given
        )
        key = (connection.vendor, shape, *sorted(kwargs.items()))
        if key not in kept:
            kept[key] = _compile(build(*_markers(given), **kwargs), list(_flat(given)))
        statement = kept[key]
        return statement.run(list(_flat(given))) if statement else []

    return rows


def _flat(values: Sequence[Any]) -> Iterator[Value]:
    for value in values:
        if isinstance(value, tuple):
            yield from value
        else:
            yield value


def _for_database(value: Value) -> Any:
    return connection.ops.adapt_datefield_value(value) if isinstance(value, dt.date) else value


def _markers(given: Sequence[Any]) -> list[Any]:
    """Values that can be found again among the parameters of the compiled query."""
    place = 0
    markers: list[Any] = []
    for value in given:
        size = len(value) if isinstance(value, tuple) else 1
        found = [
            _marker(one, place + number) for number, one in enumerate(value if isinstance(value, tuple) else [value])
        ]
        markers.append(found if isinstance(value, tuple) else found[0])
        place += size
    return markers


def _marker(value: Value, place: int) -> Value:
    if isinstance(value, bool | dt.datetime):
        raise TypeError("yes or no is given by name; moments are not supported")
    if isinstance(value, str):
        return TEXT.format(place)
    return NUMBER + place if isinstance(value, int) else DAY + dt.timedelta(days=place)


def _compile(queryset: QuerySet[Any, Any], given: Sequence[Value]) -> _Statement | None:
    """None when the query can't find anything, whatever the values."""
    query = queryset.query
    compiler = query.get_compiler(connection=connection)
    try:
        sql, constants = compiler.as_sql()
    except EmptyResultSet:
        return None
    places = {_for_database(_marker(value, place)): place for place, value in enumerate(given)}
    slots = tuple(places.get(constant) if isinstance(constant, Value) else None for constant in constants)
    lost = set(places.values()) - set(slots)
    if lost:
        raise TypeError(f"the values {sorted(lost)} do not stand as they are in the query: {sql}")
    converters = compiler.get_converters([column for column, _sql, _alias in compiler.select[: compiler.col_count]])
    return _Statement(
        sql,
        tuple(constants),
        slots,
        _names(queryset),
        tuple((place, *found) for place, found in converters.items()),
    )


def _names(queryset: QuerySet[Any, Any]) -> tuple[str, ...] | None:
    """Names of the columns for `.values()`; None for `.values_list()`."""
    if queryset._iterable_class is ValuesIterable:
        return tuple(queryset.query.selected or ())
    if queryset._iterable_class is ValuesListIterable:
        return None
    raise TypeError("only .values() and .values_list() of plain rows can be compiled")
