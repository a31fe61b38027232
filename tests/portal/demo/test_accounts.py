"""The demonstration's accounts: random, private, kept, and never in production."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from charter.memberships import reach_of
from charter.models import Institution, Membership, Role
from chat.models import Presence
from portal.core.models import User
from portal.demo.accounts import FILE, NotInProduction, create_accounts
from portal.registry.models import Post, PostRole

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def institutions() -> list[Institution]:
    return [Institution.objects.create(code=code, name_lt=code, order=at) for at, code in enumerate(("a", "b", "c"))]


def rows(folder: Path) -> list[dict[str, Any]]:
    return list(json.loads((folder / FILE).read_text()))


def test_every_role_can_sign_in_with_what_the_file_says(tmp_path: Path) -> None:
    create_accounts(tmp_path)
    roles = {row["role"] for row in rows(tmp_path)}
    assert roles == {*Role.values, *(f"registry: {role}" for role in PostRole.values if role != "social_worker")}
    for row in rows(tmp_path):
        assert User.objects.get(username=row["username"]).check_password(row["password"])


def test_only_the_owner_may_read_the_file(tmp_path: Path) -> None:
    create_accounts(tmp_path)
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600


def test_consultants_sit_in_different_institutions_and_speak_different_languages(tmp_path: Path) -> None:
    create_accounts(tmp_path)
    first, second = (row for row in rows(tmp_path) if row["role"] == Role.CONSULTANT)
    assert first["institution"] != second["institution"]
    assert first["languages"] != second["languages"]


def test_consultants_answer_in_their_languages_and_the_case_worker_has_a_post(tmp_path: Path) -> None:
    create_accounts(tmp_path)
    assert Presence.objects.get(user__username="oksana").languages == ["lt", "ru", "uk"]
    assert Post.objects.get(user__username="aiste").role == PostRole.SOCIAL_WORKER


def test_one_manager_sees_the_city_and_another_one_institution(tmp_path: Path) -> None:
    create_accounts(tmp_path)
    managers = Membership.objects.filter(role=Role.MANAGER).select_related("user")
    assert sorted(reach_of(each.user, Role.MANAGER).whole_city for each in managers) == [False, True]


def test_the_administrator_the_editors_and_the_managers_may_enter_the_cms(tmp_path: Path) -> None:
    create_accounts(tmp_path)
    may = {user.username for user in User.objects.all() if user.has_perm("wagtailadmin.access_admin")}
    assert may == {"admin", "jonas", "irina", "daiva", "tomas"}


def test_passwords_stay_when_the_demonstration_is_loaded_again(tmp_path: Path) -> None:
    create_accounts(tmp_path)
    before = rows(tmp_path)
    create_accounts(tmp_path)
    assert rows(tmp_path) == before
    assert Membership.objects.count() == sum(row["role"] in Role.values for row in before)


def test_a_new_database_takes_the_passwords_of_the_file(tmp_path: Path) -> None:
    create_accounts(tmp_path)
    before = rows(tmp_path)
    User.objects.all().delete()
    create_accounts(tmp_path)
    assert rows(tmp_path) == before
    assert User.objects.get(username="ruta").check_password(before[0]["password"])


def test_a_lost_file_gives_new_passwords(tmp_path: Path) -> None:
    create_accounts(tmp_path)
    before = rows(tmp_path)
    (tmp_path / FILE).unlink()
    create_accounts(tmp_path)
    assert rows(tmp_path)[0]["password"] != before[0]["password"]
    assert User.objects.get(username="ruta").check_password(rows(tmp_path)[0]["password"])


def test_production_gets_none(tmp_path: Path, settings: Any) -> None:
    settings.PRODUCTION = True
    with pytest.raises(NotInProduction):
        create_accounts(tmp_path)
    assert not (tmp_path / FILE).exists()
    assert not User.objects.exists()
