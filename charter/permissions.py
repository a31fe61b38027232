"""Which roles may edit the charter's content, and groups that follow memberships."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from charter.models import Membership, Role
from portal.core.models import User
from portal.core.permissions import grant, grant_models

_CONTENT = ("institution", "service", "servicestandard", "charter", "commitment", "baseamount")

grant_models(Role.EDITOR, "charter", *_CONTENT, "municipality", "holiday", "workinghours")
grant_models(Role.TRANSLATOR, "charter", *_CONTENT, verbs=("change",))
grant_models(
    Role.ADMINISTRATOR,
    "charter",
    *_CONTENT,
    "municipality",
    "holiday",
    "workinghours",
    "membership",
    verbs=("add", "change", "delete", "publish", "lock", "unlock"),
)
for role in (Role.EDITOR, Role.TRANSLATOR, Role.ADMINISTRATOR):
    grant(role, "wagtailadmin.access_admin")
grant(Role.EDITOR, "wagtailimages.add_image", "wagtailimages.choose_image", "wagtaildocs.add_document")
grant(Role.ADMINISTRATOR, "core.add_user", "core.change_user", "core.view_user")


@receiver([post_save, post_delete], sender=Membership)
def groups_follow_memberships(instance: Membership, **_: Any) -> None:
    """A user's groups are their roles; what an administrator ticked by hand stays."""
    user = User.objects.filter(pk=instance.user_id).first()
    if user is None:
        return
    held = set(Membership.objects.filter(user=user).values_list("role", flat=True))
    for role in Role.values:
        group, _created = Group.objects.get_or_create(name=role)
        if role in held:
            user.groups.add(group)
        else:
            user.groups.remove(group)
