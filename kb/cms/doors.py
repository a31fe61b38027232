"""Who may enter which of the editors' screens, and what all of them share."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from charter.memberships import holds, staff_only
from charter.models import Role
from portal.core.models import User

EDITORS = (Role.EDITOR, Role.ADMINISTRATOR)
WRITERS = (Role.EDITOR, Role.TRANSLATOR, Role.ADMINISTRATOR)

editors_only = staff_only(*EDITORS)
writers_only = staff_only(*WRITERS)
is_editor = holds(*EDITORS)
is_writer = holds(*WRITERS)


def user_of(request: HttpRequest) -> User:
    return cast(User, request.user)


def screen(
    request: HttpRequest, template: str, title: Any, context: dict[str, Any], *, icon: str = "help", status: int = 200
) -> HttpResponse:
    """One screen in the CMS's frame."""
    return render(request, f"kb/cms/{template}", {"page_title": title, "header_icon": icon, **context}, status=status)
