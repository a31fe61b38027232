"""Who gets which post: appointed by a head, within what the head's own post reaches; never one's own."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from portal.core import audit
from portal.core.models import User
from portal.registry.models import Post, PostRole
from portal.registry.posts import give_post, take_post
from portal.registry.refusals import Refused


def within(post: Post) -> QuerySet[Post]:
    """The posts of this post's department; all for a post of the whole registry."""
    posts = Post.objects.select_related("user").order_by("department", "user__display_name", "pk")
    return posts.filter(department=post.department) if post.department else posts


@transaction.atomic
def appoint(username: str, *, role: str, department: str, by: Post) -> Post:
    """Give a colleague a post, or another one. Raises Refused beyond one's reach, and for one's own post."""
    user = User.objects.filter(username__iexact=username.strip(), is_active=True).first()
    if user is None:
        raise Refused("nobody_of_that_name", field="username")
    if user.pk == by.user_id:
        raise Refused("ones_own_post", field="username")
    if role not in PostRole.values:
        raise Refused("no_such_role", field="role")
    held = Post.objects.filter(user=user).first()
    if by.department and (department != by.department or (held is not None and held.department != by.department)):
        raise Refused("another_department", field="username")
    given = give_post(user, department=department, role=role)
    audit.record("registry.post_given", given, by=by.user, role=role)
    return given


@transaction.atomic
def dismiss(post: Post, *, by: Post) -> None:
    """Take a post away; what was done from it stays. Raises Refused for one's own."""
    if post.user_id == by.user_id:
        raise Refused("ones_own_post")
    audit.record("registry.post_taken", post, by=by.user, role=post.role)
    take_post(post.user)
