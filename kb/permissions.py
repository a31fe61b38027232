"""Which roles may edit the knowledge base."""

from charter.models import Role
from portal.core.permissions import grant_models

_CONTENT = ("article", "topic")

grant_models(Role.EDITOR, "kb", *_CONTENT, "synonym", "crisisword")
grant_models(Role.EDITOR, "kb", "synonym", "crisisword", verbs=("delete",))
grant_models(Role.TRANSLATOR, "kb", *_CONTENT, verbs=("change",))
grant_models(Role.ADMINISTRATOR, "kb", *_CONTENT, "synonym", "crisisword")
