"""The rights matrix: a route nobody thought about fails the build."""

from collections.abc import Iterator

from portal.core import rights
from portal.project import sockets


def all_routes() -> Iterator[tuple[str, str]]:
    """Every address of a page or a program's door, every socket and long-poll (`ws:name`)."""
    yield from rights.routes()
    for entry in (*sockets.websocket_urlpatterns, *sockets.http_urlpatterns):
        yield f"ws:{entry.name}", str(entry.pattern)


def test_every_route_says_who_may_come_in() -> None:
    rows = rights.matrix()
    missing = [f"{name} ({pattern})" for name, pattern in all_routes() if not rights.row_for(name, pattern, rows)]
    assert missing == [], "add them to their package's rights.py"


def test_no_row_speaks_of_a_route_that_is_gone() -> None:
    names = {name for name, _ in all_routes()}
    gone = [name for name in rights.matrix() if not name.endswith("*") and name not in names]
    assert gone == []
