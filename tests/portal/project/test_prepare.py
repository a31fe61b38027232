"""A start does only what has changed since the last one."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.project import prepare
from portal.project.env import Environment


@pytest.fixture
def env(tmp_path: Path) -> Environment:
    return Environment({"DATA_DIR": str(tmp_path)})


def _stamp_all(env: Environment) -> None:
    (env.data_dir / "parama.sqlite3").touch()
    for step in prepare.STEPS:
        prepare._write_stamp(env, step)


def test_the_first_start_does_everything(env: Environment) -> None:
    assert prepare.stale(env) == list(prepare.STEPS)


def test_the_second_start_does_nothing(env: Environment) -> None:
    _stamp_all(env)

    assert prepare.stale(env) == []


def test_without_its_database_all_that_lies_in_it_is_made_again(env: Environment) -> None:
    _stamp_all(env)
    (env.data_dir / "parama.sqlite3").unlink()

    assert prepare.stale(env) == [step for step in prepare.STEPS if step.kept_in_database]


def test_new_tables_are_followed_by_content_and_index(env: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    _stamp_all(env)
    other = Environment({"DATA_DIR": str(env.data_dir), "DATABASE_URL": "postgres://parama@127.0.0.1/parama"})

    names = [step.name for step in prepare.stale(other)]

    assert names == ["tables", "the demonstration city", "search index"]


def test_damaged_stamps_are_no_stamps(env: Environment) -> None:
    _stamp_all(env)
    (env.data_dir / "stamps.json").write_text("{not json")

    assert prepare.stale(env) == list(prepare.STEPS)
