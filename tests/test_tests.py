"""The tests' own ground: nothing leaves the machine, nothing waits for another test."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from pytest_socket import SocketConnectBlockedError

from tests.depth import Depth
from tests.services.names import carried, skipped_parts


def test_no_test_can_reach_another_machine() -> None:
    with pytest.raises((SocketConnectBlockedError, UserWarning)), socket.socket() as line:
        line.connect(("192.0.2.1", 80))


def test_uploads_of_one_test_lie_in_a_folder_of_its_own(tmp_path: Path, settings: Any) -> None:
    assert tmp_path in Path(settings.MEDIA_ROOT).parents


def test_the_tests_never_touch_the_data_of_the_site() -> None:
    assert Path(settings.DATA_DIR).name.startswith("parama-tests-")


def test_a_sample_that_failed_is_the_same_the_next_time(depth: Depth, request: pytest.FixtureRequest) -> None:
    from random import Random

    again = Depth(full=depth.full, random=Random(request.node.nodeid))

    assert depth.of(range(1000), sample=5) == again.of(range(1000), sample=5)


def test_a_part_that_could_not_be_proven_is_said_in_capitals() -> None:
    lines = skipped_parts(carried({"Redis": "the program redis-server is not here"}))

    assert lines == ["SKIPPED: REDIS – the program redis-server is not here"]


@pytest.mark.django_db
def test_the_database_begins_with_what_migrations_give() -> None:
    from wagtail.models import Page

    assert Page.objects.exists()
