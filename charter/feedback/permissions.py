"""Which roles may edit what is told of changes."""

from __future__ import annotations

from charter.models import Role
from portal.core.permissions import grant, grant_models

for role in (Role.EDITOR, Role.MANAGER):
    grant_models(role, "feedback", "improvement", "story")
grant_models(Role.TRANSLATOR, "feedback", "improvement", "story", verbs=("change",))
grant_models(
    Role.ADMINISTRATOR,
    "feedback",
    "improvement",
    "story",
    verbs=("add", "change", "delete", "publish", "lock", "unlock"),
)
grant(Role.MANAGER, "wagtailadmin.access_admin")
