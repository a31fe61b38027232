"""After signing in, everybody stands where they work."""

import pytest
from django.test import Client
from django.urls import reverse

from charter.models import Role
from tests.people import dan, staff

pytestmark = pytest.mark.django_db


def test_an_editor_comes_to_the_content(client: Client) -> None:
    client.force_login(staff("Carol", Role.EDITOR))
    assert client.get("/lt/staff/")["Location"] == reverse("wagtailadmin_home")


def test_whoever_has_no_role_yet_sees_the_front_page(client: Client) -> None:
    client.force_login(dan())
    assert client.get("/en/staff/")["Location"] == "/en/"


def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    assert client.get("/en/staff/")["Location"].startswith("/account/login/")
