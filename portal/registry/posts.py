"""Who works in the registry: its own posts decide, nothing else."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from portal.core.models import User
from portal.registry.models import Post, PostRole

View = Callable[..., HttpResponseBase]


def post_of(user: User | AnonymousUser) -> Post | None:
    """The post this user holds."""
    if not user.is_authenticated or not user.is_active:
        return None
    return Post.objects.select_related("user").filter(user_id=user.pk).first()


def holds_post(user: User) -> bool:
    return post_of(user) is not None


def give_post(user: User, *, department: str = "", role: str = PostRole.CASE_WORKER) -> Post:
    """Let a user work in the registry; giving it again changes the department and role."""
    post, _created = Post.objects.update_or_create(user=user, defaults={"department": department, "role": role})
    return post


def take_post(user: User) -> None:
    """From now on this user sees nothing of the registry."""
    Post.objects.filter(user=user).delete()


def posts_only(view: View) -> View:
    """Let holders of a post in: `view(request, post, …)`. A stranger is asked to sign in."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        post = post_of(request.user)
        if post is None:
            raise PermissionDenied
        return view(request, post, *args, **kwargs)

    return wrapped
