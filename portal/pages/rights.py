"""Rows of the rights matrix for the public pages."""

from charter.models import Role
from portal.core.rights import everyone, staff

_WRITERS = staff(Role.EDITOR, Role.TRANSLATOR, Role.ADMINISTRATOR)

RIGHTS = {
    "pages:about": everyone(),
    "pages:accessibility": everyone(),
    "pages:check": everyone(),
    "pages:check_preview": _WRITERS,
    "pages:checks": everyone(),
    "pages:complaints": everyone(),
    "pages:contacts": everyone(),
    "pages:easy": everyone(),
    "pages:easy_to_read": everyone(),
    "pages:home": everyone(),
    "pages:information": everyone(),
    "pages:institution": everyone(),
    "pages:institutions": everyone(),
    "pages:news": everyone(),
    "pages:news_item": everyone(),
    "pages:open_data": everyone(),
    "pages:privacy": everyone(),
    "pages:reference": everyone(),
    "pages:may_get": everyone(),
    "pages:service": everyone(),
    "pages:services": everyone(),
    "pages:situation": everyone(),
    "pages:sitemap": everyone(),
    "pages:topic": everyone(),
    "questions:begin": _WRITERS,
    "questions:compare": _WRITERS,
    "questions:deed": _WRITERS,
    "questions:listed": _WRITERS,
    "questions:new": staff(Role.EDITOR, Role.ADMINISTRATOR),
    "questions:version": _WRITERS,
    "robots": everyone(),
    "sitemap": everyone(),
}
