"""The screen of the posts: who works here as what."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from portal.registry import appointing
from portal.registry.access import RIGHTS, May
from portal.registry.forms import RegistryForm
from portal.registry.models import Post, PostRole
from portal.registry.posts import posts_that
from portal.registry.refusals import Refused
from portal.registry.screens import screen

PLACE = "registry:posts"


class AppointForm(RegistryForm):
    """A colleague and a role; the department only for who works in all of them."""

    username = forms.CharField(label=gettext_lazy("Name the colleague signs in with"), max_length=150)
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=PostRole.choices)
    department = forms.CharField(
        label=gettext_lazy("Department"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Empty: the whole registry."),
    )

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.post = post
        if post.department:
            del self.fields["department"]

    @property
    def chosen_department(self) -> str:
        return str(self.cleaned_data.get("department", self.post.department)).strip()


@posts_that(May.APPOINT)
@require_http_methods(["GET", "POST"])
def posts(request: HttpRequest, post: Post) -> HttpResponse:
    """The posts within reach, and a new one."""
    form = AppointForm(request.POST or None, post=post)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            given = appointing.appoint(data["username"], role=data["role"], department=form.chosen_department, by=post)
            messages.success(request, _("%(name)s has the post.") % {"name": given.user})
            return redirect(PLACE)
        except Refused as refused:
            form.refuse(refused)
    context = {"form": form, "posts": appointing.within(post), "mine": post.pk, "roles": _roles()}
    return screen(request, post, "registry/posts.html", context, place=PLACE)


@posts_that(May.APPOINT)
@require_POST
def dismiss(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """Take a post away."""
    found = get_object_or_404(appointing.within(post), pk=pk)
    try:
        appointing.dismiss(found, by=post)
        messages.success(request, _("The post is taken away. What was done from it stays."))
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect(PLACE)


def _roles() -> list[tuple[Any, list[tuple[Any, bool]]]]:
    """The table of rights, as the code has it: (what, whether each role may)."""
    return [(what.label, [(role.label, what in RIGHTS[role]) for role in PostRole]) for what in May]
