"""`make run`: the whole portal as one process – pages, sockets, search and background work.

One process, because the in-process layer, the embedded index and SQLite are at home in one.
For a town with traffic see docs/operations/running.md.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import uvicorn

from portal.project import prepare, single
from portal.project.env import Environment, WrongValue
from portal.project.listening import APPLICATION, Server, options


class Refused(RuntimeError):
    """The server can't start; the text says why and what to do."""


def main() -> int:
    """Prepare, serve until Ctrl-C, end everything. The exit status is 0 after Ctrl-C, 1 after a refusal."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.project.settings")
    try:
        env = Environment(os.environ)
        single.hold(env.data_dir, about=_address(env))
        _check_port(env)
        _prepare(env)
        _serve(env)
    except (Refused, WrongValue, single.AnotherIsServing) as refusal:
        print(f"Parama can't start: {refusal}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        pass
    return 0


def _prepare(env: Environment) -> None:
    if not prepare.stale(env):
        return
    print("Preparing Parama:", flush=True)
    done = subprocess.run([sys.executable, "-m", "portal.project.prepare"], cwd=prepare.ROOT, check=False)
    if done.returncode == 130:
        raise KeyboardInterrupt
    if done.returncode:
        raise Refused("the preparation above failed.")


def _serve(env: Environment) -> None:
    import django

    class Announced(Server):
        """Says where it can be found as soon as it can."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                print(_greeting(env), flush=True)

    django.setup()
    from portal.project.keeper import keep_database_open
    from portal.project.worker import background

    for name in ("uvicorn.error", "django_tasks_db"):  # their greetings would hide ours
        logging.getLogger(name).setLevel(logging.WARNING)
    keeper = keep_database_open()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a service manager's stop is a Ctrl-C
    beside = background()
    for work in beside:
        work.start()
    try:
        Announced(_config(env)).run()
    finally:
        for work in beside:
            work.stop()
        keeper.close()


def _config(env: Environment) -> uvicorn.Config:
    return uvicorn.Config(APPLICATION, host=env["HOST"], port=env["PORT"], **options())


def _check_port(env: Environment) -> None:
    family = socket.AF_INET6 if ":" in env["HOST"] else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((env["HOST"], env["PORT"]))
        except OSError as trouble:
            raise Refused(
                f"{env['HOST']}:{env['PORT']} can't be used ({trouble.strerror}). "
                f"Choose another port, for example: PORT={env['PORT'] + 1} make run"
            ) from trouble


def _address(env: Environment) -> str:
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(env["HOST"], env["HOST"])  # noqa: S104
    return f"http://{host}:{env['PORT']}"


def _greeting(env: Environment) -> str:
    address = _address(env)
    lines = [
        "",
        f"Parama is ready: {address}/",
        f"  residents   {address}/lt/  {address}/ru/  {address}/en/  {address}/uk/",
        f"  staff       {address}/account/login/",
        f"  editors     {address}/cms/",
        f"  programs    {address}/api/v1/openapi.json",
        *_accounts(env.data_dir / "demo-accounts.json"),
        "Ctrl-C ends it.",
        "",
    ]
    return "\n".join(lines)


def _accounts(path: Path) -> list[str]:
    if not path.exists():
        return []
    rows = json.loads(path.read_text())
    width = max((len(row["username"]) for row in rows), default=0)
    lines = [
        f"    {row['username']:<{width}}  {row['password']}  {row['role']}, {row['institution'] or 'whole city'}"
        for row in rows
    ]
    return [f"Demonstration accounts (also in {path}):", *lines]


if __name__ == "__main__":
    sys.exit(main())
