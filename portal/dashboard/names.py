"""What groups of a breakdown are called in the reader's language."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

from django.db import models
from django.utils.functional import Promise as Lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from charter.feedback.models import AppealKind, EntryKind, Origin, RatingChannel
from charter.models import Area, Institution, Service
from chat.models import Channel
from kb.models import Topic
from portal.core.languages import LANGUAGES, Localised, column, columns, pick
from portal.core.translations import rows as plain
from portal.dashboard import screen
from portal.dashboard.scope import Dimension

# Ways that are no channel of a conversation.
_WAYS: dict[str, str | Lazy] = {**dict(RatingChannel.choices), "letter": gettext_lazy("on paper")}
_CHOICES: dict[Dimension, dict[Any, Any]] = {
    Dimension.CHANNEL: {**dict(Channel.choices), **_WAYS},
    Dimension.KIND: dict(AppealKind.choices),
    Dimension.ENTRY: dict(EntryKind.choices),
    Dimension.AREA: dict(Area.choices),
    Dimension.ORIGIN: dict(Origin.choices),
}
_NAMED: dict[Dimension, type[models.Model]] = {
    Dimension.SERVICE: Service,
    Dimension.INSTITUTION: Institution,
    Dimension.TOPIC: Topic,
}


def names_of(by: Dimension, keys: Iterable[Any], language: str) -> dict[Hashable, Localised]:
    """Names by key: one query, none where the keys speak for themselves."""
    model = _NAMED.get(by)
    if model is None:
        return {key: Localised(_plain(by, str(key)), language) for key in keys}
    rows = plain(model).filter(pk__in=list(keys)).values("pk", *columns(("name",)))
    return {row["pk"]: pick({code: row[column("name", code)] for code in LANGUAGES}, language) for row in rows}


def _plain(by: Dimension, key: str) -> str:
    if by is Dimension.LANGUAGE:
        return screen.language_name(key)
    return str(capfirst(str(_CHOICES.get(by, {}).get(key, key))))
