"""The rights matrix: a route nobody thought about fails the build."""

from portal.core import rights


def test_every_route_says_who_may_come_in() -> None:
    rows = rights.matrix()
    missing = [f"{name} ({pattern})" for name, pattern in rights.routes() if not rights.row_for(name, pattern, rows)]
    assert missing == [], "add them to their package's rights.py"


def test_no_row_speaks_of_a_route_that_is_gone() -> None:
    names = {name for name, _ in rights.routes()}
    gone = [name for name in rights.matrix() if not name.endswith("*") and name not in names]
    assert gone == []
