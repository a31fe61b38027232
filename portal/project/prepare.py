"""What must be there before the first page: catalogues, tables, static files, the demonstration city, the index.

Each step has a stamp: a hash of what it depends on, kept in DATA_DIR/stamps.json. `stale()` needs no Django,
so a start with nothing to do costs milliseconds; the work itself runs in a process that ends after it
and takes its memory along.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from portal.project.env import Environment

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("portal", "charter", "kb", "chat")
DEMO_CITY = "klaipeda"


@dataclass(frozen=True)
class Step:
    """`key`: what the result depends on. `kept_in_database`: gone when the database is."""

    name: str
    key: Callable[[Environment], str]
    run: Callable[[], None]
    kept_in_database: bool = True


def stale(env: Environment) -> list[Step]:
    """Steps whose stamp differs, in order; whatever follows a stale step of the database is stale too."""
    stamps = _stamps(env)
    if _database_is_gone(env):
        stamps = {step.name: stamps.get(step.name, "") for step in STEPS if not step.kept_in_database}
    found: list[Step] = []
    for step in STEPS:
        after = step.kept_in_database and any(one.kept_in_database for one in found)
        if after or stamps.get(step.name) != step.key(env):
            found.append(step)
    return found


def run(env: Environment) -> None:
    """Do what is stale and stamp it."""
    import django

    django.setup()
    for step in stale(env):
        print(f"· {step.name}", flush=True)
        step.run()
        _write_stamp(env, step)


def _migrate() -> None:
    _call("migrate", verbosity=0, interactive=False)


def _collect() -> None:
    _call("collectstatic", verbosity=0, interactive=False)


def _compile() -> None:
    from portal.project.catalogues import compile_catalogues

    compile_catalogues()


def _load_demo() -> None:
    from django.conf import settings

    if not settings.PRODUCTION:
        _call("load_content_pack", DEMO_CITY)


def _index() -> None:
    _call("kb_search", "rebuild", verbosity=0)


def _call(command: str, *arguments: str, **options: object) -> None:
    from django.core.management import call_command, get_commands

    if command in get_commands():
        call_command(command, *arguments, **options)


def _key_of(
    *paths: Iterable[Path], also: Callable[[Environment], str] = lambda env: ""
) -> Callable[[Environment], str]:
    def key(env: Environment) -> str:
        digest = hashlib.sha256(also(env).encode())
        for files in paths:
            for path in files:
                facts = path.stat()
                digest.update(f"{path.relative_to(ROOT)} {facts.st_mtime_ns} {facts.st_size}\n".encode())
        return digest.hexdigest()[:16]

    return key


class _Files:
    """Files below the packages that match; listed anew each time it is asked."""

    def __init__(self, *patterns: str, under: Iterable[str] = PACKAGES) -> None:
        self.patterns, self.under = patterns, tuple(under)

    def __iter__(self) -> Iterator[Path]:
        for folder in self.under:
            for pattern in self.patterns:
                yield from sorted(path for path in (ROOT / folder).glob(pattern) if path.is_file())


def _lock() -> list[Path]:
    return [ROOT / "uv.lock"]


STEPS = (
    Step(
        "words of the four languages",
        _key_of(_Files("*/LC_MESSAGES/*.po", under=["locale", "portal/project/locale"])),
        _compile,
        False,
    ),
    Step(
        "tables",
        _key_of(_lock(), _Files("**/migrations/*.py"), also=lambda env: str(env["DATABASE_URL"])),
        _migrate,
    ),
    Step("styles, scripts, pictures", _key_of(_lock(), _Files("**/static/**/*")), _collect, False),
    Step("the demonstration city", _key_of(_Files("demo/**/*.py", "demo/**/*.yaml", under=["portal"])), _load_demo),
    Step("search index", _key_of(_Files("search/**/*.py", "search/**/*.txt", under=["kb"])), _index),
)


def _database_is_gone(env: Environment) -> bool:
    return not env["DATABASE_URL"] and not (env.data_dir / "parama.sqlite3").exists()


def _stamps(env: Environment) -> dict[str, str]:
    try:
        stamps = json.loads((env.data_dir / "stamps.json").read_text())
    except (OSError, ValueError):
        return {}
    return stamps if isinstance(stamps, dict) else {}


def _write_stamp(env: Environment, step: Step) -> None:
    path = env.data_dir / "stamps.json"
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(_stamps(env) | {step.name: step.key(env)}, indent=1))
    draft.replace(path)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.project.settings")
    try:
        run(Environment(os.environ))
    except KeyboardInterrupt:
        sys.exit(130)
