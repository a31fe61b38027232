"""Which roles edit the request forms, the words for statuses and the reasons to open a case."""

from charter.models import Role
from portal.core.permissions import grant_models

_FORMS = ("requestplan",)
_WORDS = ("statuswords", "openingcause")

grant_models(Role.EDITOR, "cases", *_FORMS, verbs=("add", "change"))
grant_models(Role.TRANSLATOR, "cases", *_FORMS, verbs=("change",))
grant_models(Role.ADMINISTRATOR, "cases", *_FORMS, verbs=("add", "change", "delete"))

# A reason is retired, not erased; a status belongs to the registry.
grant_models(Role.EDITOR, "cases", "statuswords", verbs=("add", "change"))
grant_models(Role.TRANSLATOR, "cases", *_WORDS, verbs=("change",))
grant_models(Role.SUPERVISOR, "cases", "openingcause", verbs=("add", "change"))
grant_models(Role.ADMINISTRATOR, "cases", *_WORDS, verbs=("add", "change"))
