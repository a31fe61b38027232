"""A town whose pages are written: the demonstration's, loaded once for all tests of a module."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from portal.demo import pack as packs
from portal.demo.reading import Pack

PACK = Path(packs.__file__).parent / "klaipeda"


@pytest.fixture(scope="module")
def _written(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """One transaction around the module; each test works in a savepoint inside it."""
    with django_db_blocker.unblock(), transaction.atomic():
        packs.load(packs.read(Pack(PACK)), Pack(PACK))
        yield
        transaction.set_rollback(True)


@pytest.fixture
def town(_written: None, db: None) -> None:
    """Klaipėda's content, published."""
