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
from portal.registry.access import May, may
from portal.registry.models import Post, PostRole

View = Callable[..., HttpResponseBase]


def post_of(user: User | AnonymousUser) -> Post | None:
    """The post this user holds."""
    if not user.is_authenticated or not user.is_active:
        return None
    return Post.objects.select_related("user").filter(user_id=user.pk).first()


def holds_post(user: User) -> bool:
    return post_of(user) is not None


def give_post(user: User, *, department: str = "", role: str | None = None) -> Post:
    """Let a user work in the registry; giving it again changes the department, and the role when one is named."""
    new = {"department": department, "role": role or PostRole.SOCIAL_WORKER}
    changed = {"department": department, **({"role": role} if role else {})}
    post, _created = Post.objects.update_or_create(user=user, defaults=changed, create_defaults=new)
    return post


def take_post(user: User) -> None:
    """From now on this user sees nothing of the registry."""
    Post.objects.filter(user=user).delete()


def posts_only(view: View) -> View:
    """Let holders of a post in: `view(request, post, …)`. A stranger is asked to sign in."""
    return _door(view, May.READ)


def posts_that(what: May) -> Callable[[View], View]:
    """The same, for holders of a post whose role may do this."""
    return lambda view: _door(view, what)


def _door(view: View, what: May) -> View:
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        post = post_of(request.user)
        if post is None or not may(post, what):
            raise PermissionDenied
        return view(request, post, *args, **kwargs)

    return wrapped
