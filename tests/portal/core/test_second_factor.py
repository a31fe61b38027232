"""Where a second factor is required, nobody works without one."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from portal.core import second_factor
from tests.people import bob

pytestmark = pytest.mark.django_db
DESK = "/en/desk/"


@pytest.fixture
def bobs(client: Client) -> Client:
    client.force_login(bob())
    return client


@pytest.fixture
def required(settings: Any) -> None:
    settings.STAFF_MFA = "required"


@pytest.mark.usefixtures("required")
@pytest.mark.parametrize("address", [DESK, "/cms/", "/en/staff/", "/en/"])
def test_bob_is_led_to_setting_one_up(bobs: Client, address: str) -> None:
    assert bobs.get(address)["Location"] == reverse("mfa_activate_totp")


@pytest.mark.usefixtures("required")
def test_setting_one_up_and_signing_out_stay_open(bobs: Client) -> None:
    assert reverse("mfa_activate_totp") not in bobs.get(reverse("mfa_activate_totp")).headers.get("Location", "")
    assert bobs.get(reverse("account_logout")).status_code == 200


@pytest.mark.usefixtures("required")
def test_with_a_factor_bob_works(bobs: Client) -> None:
    Authenticator.objects.create(user=bob(), type=Authenticator.Type.TOTP, data={})

    assert bobs.get(DESK).status_code == 200


@pytest.mark.usefixtures("required")
def test_residents_notice_nothing(client: Client) -> None:
    assert client.get("/en/").status_code == 200


def test_where_it_is_off_nobody_is_asked(bobs: Client) -> None:
    assert not second_factor.is_missing(bob())
    assert bobs.get(DESK).status_code == 200


def test_bob_sees_the_list_of_his_passkeys(bobs: Client) -> None:
    assert bobs.get(reverse("mfa_list_webauthn")).status_code == 200
