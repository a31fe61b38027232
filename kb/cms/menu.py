"""The menu "Knowledge work" and the addresses of its screens, as the CMS asks for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import include, path, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from kb.cms import doors
from portal.core.models import User


class WorkItem(MenuItem):
    """An entry that only those see who may enter."""

    def __init__(self, label: Any, route: str, *, may: Callable[[User], bool], icon: str, order: int) -> None:
        super().__init__(label, reverse_lazy(route), name=route.replace(":", "-"), icon_name=icon, order=order)
        self._may = may

    def is_shown(self, request: HttpRequest) -> bool:
        return isinstance(request.user, User) and self._may(request.user)


ITEMS = [
    WorkItem(_("What people do not find"), "knowledge:gaps", may=doors.is_editor, icon="search", order=10),
]


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [path("knowledge/", include("kb.cms.urls"))]


@hooks.register("register_admin_menu_item")
def work() -> SubmenuMenuItem:
    return SubmenuMenuItem(_("Knowledge work"), Menu(items=ITEMS), name="knowledge-work", icon_name="tasks", order=90)


@hooks.register("insert_global_admin_css")
def styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/knowledge-work.css"))
