"""Who looks at figures."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import people


@pytest.fixture
def mona(client: Client) -> Client:
    """The manager of the whole city, signed in."""
    client.force_login(people.mona())
    return client
