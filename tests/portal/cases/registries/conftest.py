"""The town, linked to a registry behind the ZGW APIs: the stand-in, on a port of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from portal.cases import asking
from portal.cases.registries import registries
from portal.cases.registries.zgw import ZgwRegistry
from tests.zgw.catalogue import CASE_TYPE, RESULTS, WAITING
from tests.zgw.server import CLIENT_ID, ORGANISATION, SECRET, StandIn


@pytest.fixture
def office() -> Iterator[StandIn]:
    with StandIn().running() as stand_in:
        yield stand_in


@pytest.fixture
def registry(office: StandIn, settings: Any) -> Iterator[ZgwRegistry]:
    options = {
        "url": office.url,
        "client_id": CLIENT_ID,
        "secret": SECRET,
        "organisation": ORGANISATION,
        "case_type": CASE_TYPE,
        "waiting": WAITING,
        "results": RESULTS,
    }
    backend = {"BACKEND": "portal.cases.registries.zgw.ZgwRegistry", "OPTIONS": options}
    settings.CASE_REGISTRIES = {"default": backend}
    asking.forget_failures()
    found = registries.default
    assert isinstance(found, ZgwRegistry)
    yield found
    found.close()
    asking.forget_failures()
