"""Which roles edit the request forms."""

from charter.models import Role
from portal.core.permissions import grant_models

_FORMS = ("requestplan",)

grant_models(Role.EDITOR, "cases", *_FORMS, verbs=("add", "change"))
grant_models(Role.TRANSLATOR, "cases", *_FORMS, verbs=("change",))
grant_models(Role.ADMINISTRATOR, "cases", *_FORMS, verbs=("add", "change", "delete"))
