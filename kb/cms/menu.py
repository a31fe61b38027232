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
from portal.core.csp import current_nonce
from portal.core.models import User


class WorkItem(MenuItem):
    """An entry that only those see who may enter."""

    def __init__(self, label: Any, route: str, *, may: Callable[[User], bool], icon: str, order: int) -> None:
        super().__init__(label, reverse_lazy(route), name=route.replace(":", "-"), icon_name=icon, order=order)
        self._may = may

    def is_shown(self, request: HttpRequest) -> bool:
        return isinstance(request.user, User) and self._may(request.user)


ITEMS = [
    WorkItem(_("A new question"), "knowledge:new", may=doors.is_editor, icon="plus", order=5),
    WorkItem(_("What people do not find"), "knowledge:gaps", may=doors.is_editor, icon="search", order=10),
    WorkItem(_("Bring in questions"), "knowledge:questions", may=doors.is_editor, icon="upload", order=60),
    WorkItem(_("What has to be checked"), "knowledge:reviews", may=doors.is_writer, icon="calendar-check", order=20),
    WorkItem(_("Translations to do"), "knowledge:translations", may=doors.is_writer, icon="globe", order=30),
    WorkItem(_("Remarks on articles"), "knowledge:remarks", may=doors.is_editor, icon="comment", order=40),
    WorkItem(_("Where it is used"), "knowledge:uses", may=doors.is_writer, icon="list-ul", order=45),
    WorkItem(_("Links that lead nowhere"), "knowledge:links", may=doors.is_editor, icon="link-external", order=50),
    WorkItem(_("Words of the search"), "knowledge:search_words", may=doors.is_editor, icon="resubmit", order=80),
    WorkItem(_("The search index"), "knowledge:search_index", may=doors.is_editor, icon="cogs", order=90),
]


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [path("knowledge/", include("kb.cms.urls"))]


@hooks.register("register_admin_menu_item")
def work() -> SubmenuMenuItem:
    return SubmenuMenuItem(_("Knowledge work"), Menu(items=ITEMS), name="knowledge-work", icon_name="tasks", order=90)


@hooks.register("insert_global_admin_js")
def scripts() -> SafeString:
    return format_html('<script type="module" src="{}" nonce="{}"></script>', static("js/near.js"), current_nonce())


@hooks.register("insert_global_admin_css")
def styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/knowledge-work.css"))
