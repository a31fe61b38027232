"""Pages every portal has: each with a role, a fixed address and, for some, a part the product adds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Role:
    """`route`: name of the address; `label`: what the page is called where nobody has written it yet."""

    code: str
    route: str
    label: Any


ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        Role("about", "pages:about", _("About this portal")),
        Role("accessibility", "pages:accessibility", _("Accessibility statement")),
        Role("complaints", "pages:complaints", _("How to complain")),
        Role("contacts", "pages:contacts", _("Contacts")),
        Role("easy-to-read", "pages:easy_to_read", _("Easy to read")),
        Role("open-data", "pages:open_data", _("Open data")),
        Role("privacy", "pages:privacy", _("Privacy and cookies")),
        Role("reference", "pages:reference", _("Laws, sums and forms")),
    )
}
