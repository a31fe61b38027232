"""Which roles may edit which pages: on the whole tree, filled after every migration like the other groups."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page

from charter.models import Role
from portal.core import migrating

ROWS: dict[str, tuple[str, ...]] = {
    Role.EDITOR: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
    Role.TRANSLATOR: ("change_page",),
    Role.ADMINISTRATOR: ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page"),
}


def apply() -> None:
    """Make every group hold what its row says, as far as the tree and the permissions exist yet."""
    root = Page.objects.filter(depth=1).first()
    if root is None:
        return
    permissions = {
        permission.codename: permission
        for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__endswith="_page")
    }
    for role, names in ROWS.items():
        group, _created = Group.objects.get_or_create(name=role)
        for name in names:
            if name in permissions:
                GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permissions[name])


def register() -> None:
    migrating.after_all(apply, name="pages-permissions")
