"""The editors' room for questions in the CMS: its menu entry and its addresses."""

from __future__ import annotations

from typing import Any

from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from kb.cms import doors
from kb.cms.menu import WorkItem


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [path("questions/", include("portal.pages.checks.cms_urls"))]


@hooks.register("register_admin_menu_item")
def questions() -> WorkItem:
    return WorkItem(_("Questions for residents"), "questions:listed", may=doors.is_writer, icon="form", order=95)
