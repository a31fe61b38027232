"""Case workers of the portal work in the registry built in."""

from typing import Any

import pytest

from charter.models import Membership, Role
from portal.registry.posts import post_of
from tests.factories.charter import institution
from tests.people import staff

pytestmark = pytest.mark.django_db


def test_a_case_worker_gets_a_post_in_their_department_and_loses_it_again() -> None:
    centre = institution()
    aiste = staff("Aiste", Role.CASE_WORKER, institution=centre)
    post = post_of(aiste)
    assert post is not None
    assert post.department == "Socialinės paramos centras"
    Membership.objects.get(user=aiste).delete()
    assert post_of(aiste) is None


def test_for_the_whole_city_it_is_the_whole_registry() -> None:
    post = post_of(staff("Aiste", Role.CASE_WORKER))
    assert post is not None
    assert post.department == ""


def test_nobody_else_gets_one() -> None:
    assert post_of(staff("Bob", Role.CONSULTANT)) is None


def test_with_another_registry_nobody_gets_one(settings: Any) -> None:
    settings.CASE_REGISTRIES = {"default": {"BACKEND": "portal.cases.registries.dummy.DummyRegistry"}}
    assert post_of(staff("Aiste", Role.CASE_WORKER)) is None
