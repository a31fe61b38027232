"""What is filled from the code is filled once a migration."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.core.management.sql import emit_post_migrate_signal
from django.db.models.signals import post_migrate

from charter.models import Role
from portal.core import migrating


@pytest.mark.django_db
def test_a_table_is_filled_once_when_every_app_is_there() -> None:
    asked: list[bool] = []
    try:
        migrating.after_all(lambda: asked.append(Group.objects.exists()), name="a-test")
        migrating.after_all(lambda: asked.append(False), name="a-test")  # the same name: not asked
        emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    finally:
        post_migrate.disconnect(dispatch_uid="a-test")

    assert asked == [True]


@pytest.mark.django_db
def test_groups_are_filled_again_by_the_next_migration() -> None:
    ours = Group.objects.filter(name__in=[Role.EDITOR, Role.TRANSLATOR])
    before = {group.name: group.permissions.count() for group in ours}
    assert all(before.values())
    for group in ours:
        group.permissions.clear()

    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")

    assert {group.name: group.permissions.count() for group in ours.all()} == before
