"""Which roles may edit the knowledge base."""

from charter.models import Role
from portal.core.permissions import grant_models

_CONTENT = ("article", "topic")

_SHARED = ("fact", "legalact")

grant_models(Role.EDITOR, "kb", *_CONTENT, *_SHARED, "synonym", "crisisword")
grant_models(Role.EDITOR, "kb", "synonym", "crisisword", verbs=("delete",))
grant_models(Role.TRANSLATOR, "kb", *_CONTENT, verbs=("change",))
grant_models(Role.ADMINISTRATOR, "kb", *_CONTENT, *_SHARED, "synonym", "crisisword")
