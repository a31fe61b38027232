"""Statements in SQL of our own, where a query is asked so often that the ORM would cost more than the database.

Each is written for both databases. It takes one table of values (rows of plain values) and works on all of them at
once: PostgreSQL reads the table from arrays or JSON, SQLite from JSON. Values come back as Python's own.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

Rows = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Statement:
    """The same statement in the words of both databases; its one parameter is a table of values as JSON."""

    postgres: str
    sqlite: str


Question = tuple[Statement, Sequence[Any]]


def ask(statement: Statement, table: Iterable[Any]) -> Rows:
    """The rows that answer it."""
    return ask_all([(statement, table)])[0]


def ask_all(asked: Sequence[tuple[Statement, Iterable[Any]]]) -> list[Rows]:
    """The answers of several statements; PostgreSQL hears all of them in one go. About nothing nobody is asked."""
    questions = [(statement, list(table)) for statement, table in asked]
    full = [question for question in questions if question[1]]
    if connection.vendor == "sqlite":
        answers = iter([_on_sqlite(statement.sqlite, table) for statement, table in full])
    else:
        answers = iter(_on_postgres(full) if full else [])
    return [next(answers) if table else [] for _statement, table in questions]


def _on_sqlite(sql: str, table: Sequence[Any]) -> Rows:
    connection.ensure_connection()
    line: Any = connection.connection  # past Django's cursor, which would rewrite the text anew each time
    with connection.wrap_database_errors:
        found = line.execute(sql, (json.dumps(table, default=_sqlite_value),))
        return list(found.fetchall()) if found.description else []


def _on_postgres(asked: Sequence[Question]) -> list[Rows]:
    from psycopg import Cursor

    connection.ensure_connection()
    line: Any = connection.connection
    with connection.wrap_database_errors, line.pipeline():
        cursors = [
            Cursor(line).execute(one.postgres, (json.dumps(table, default=str),), prepare=True) for one, table in asked
        ]
    return [cursor.fetchall() if cursor.description else [] for cursor in cursors]  # all have come when it ends


def _sqlite_value(value: Any) -> Any:
    """As Django stores it there."""
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, dt.datetime):
        return stored_moment(value)
    raise TypeError(f"{type(value).__name__} can't be stored")


def stored_moment(value: dt.datetime) -> str:
    """A moment as SQLite's text, as Django writes it."""
    return str(value.astimezone(dt.UTC).replace(tzinfo=None))


def as_moment(value: Any) -> dt.datetime:
    """A moment out of either database."""
    moment = value if isinstance(value, dt.datetime) else dt.datetime.fromisoformat(value)
    return moment.astimezone(dt.UTC) if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def as_uuid(value: Any) -> UUID | None:
    if value is None or isinstance(value, UUID):
        return value
    return UUID(value)


def as_json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
