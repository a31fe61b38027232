"""The registry built in has posts of its own; here they follow the portal's memberships, so that one list is kept.

With another registry linked nobody gets one.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from charter.models import Membership, Role
from portal.core.models import User
from portal.registry.posts import give_post, take_post

BUILT_IN = "portal.cases.registries.reference.ReferenceRegistry"


@receiver([post_save, post_delete], sender=Membership)
def posts_follow_memberships(instance: Membership, **_: Any) -> None:
    """Case workers hold a post in their institution's department, or in the whole registry."""
    if instance.role != Role.CASE_WORKER:
        return
    user = User.objects.filter(pk=instance.user_id).first()
    if user is None:
        return
    places = list(
        Membership.objects.filter(user=user, role=Role.CASE_WORKER).values_list("institution__name_lt", flat=True)
    )
    if not places or settings.CASE_REGISTRIES["default"]["BACKEND"] != BUILT_IN:
        take_post(user)
    else:
        give_post(user, department="" if None in places or len(places) > 1 else places[0])
