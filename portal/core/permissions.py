"""Wagtail's groups, one a role, filled from one table after every migration.

A migration does not see the permissions of its own app, so the table is applied when all are there, and applying it
twice changes nothing. Packages add their rows with `grant`.
"""

from __future__ import annotations

from collections import defaultdict

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

_rows: dict[str, set[str]] = defaultdict(set)
EDIT = ("add", "change", "publish", "lock", "unlock")


def grant(role: str, *permissions: str) -> None:
    """Give the group of `role` these permissions, written `app_label.codename`."""
    _rows[role].update(permissions)


def grant_models(role: str, app_label: str, *models: str, verbs: tuple[str, ...] = EDIT) -> None:
    """Give the group of `role` these verbs on these models."""
    grant(role, *(f"{app_label}.{verb}_{model}" for model in models for verb in verbs))


def apply() -> None:
    """Make every group hold what its rows say, as far as the permissions exist yet."""
    for role, names in _rows.items():
        group, _created = Group.objects.get_or_create(name=role)
        wanted = Q(pk__in=[])
        for name in names:
            app_label, _dot, codename = name.partition(".")
            wanted |= Q(content_type__app_label=app_label, codename=codename)
        group.permissions.set(Permission.objects.filter(wanted))
