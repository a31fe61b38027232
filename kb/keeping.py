"""Writing a few columns of edited content in both places: what is public now, and what somebody still writes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from wagtail.models import DraftStateMixin

from portal.core.models import TranslatedContent, User


@transaction.atomic
def keep(content: TranslatedContent, values: Mapping[str, Any], *, by: User | None) -> None:
    """Set these columns in the public row and in the newest draft; an unfinished draft stays unfinished."""
    for name, value in values.items():
        setattr(content, name, value)
    if not isinstance(content, DraftStateMixin):
        content.save(update_fields=list(values))
        return
    is_whole = not content.has_unpublished_changes
    draft = content.get_latest_revision_as_object()
    content.save(update_fields=list(values))
    for name, value in values.items():
        setattr(draft, name, value)
    revision = draft.save_revision(user=by, clean=False)
    if content.live and is_whole:
        revision.publish(user=by, skip_permission_checks=True)
