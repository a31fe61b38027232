"""Tables of the foundation: who signs in, what was done, what the translators have to do."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.languages import DEFAULT, LANGUAGES, column


class User(AbstractUser):
    """Somebody who works here and signs in. Residents have no account."""

    display_name = models.CharField(_("name shown to residents"), max_length=80, blank=True)
    interface_language = models.CharField(
        _("language of the screens"),
        max_length=2,
        choices=[(code, code) for code in LANGUAGES],
        default=DEFAULT,
    )

    class Meta:
        verbose_name = _("staff member")
        verbose_name_plural = _("staff members")

    def __str__(self) -> str:
        return self.display_name or self.get_full_name() or self.username


class AuditEntry(models.Model):
    """Who did what to which object, when and why. Only ever added to; carries no personal text."""

    at = models.DateTimeField(db_index=True)
    actor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    actor_kind = models.CharField(max_length=12)
    action = models.CharField(max_length=60, db_index=True)
    object_kind = models.CharField(max_length=60)
    object_id = models.CharField(max_length=64)
    reason = models.CharField(max_length=200, blank=True)
    facts = models.JSONField(default=dict)
    batch = models.ForeignKey("AuditSeal", on_delete=models.PROTECT, null=True, related_name="entries")

    class Meta:
        indexes = [models.Index(fields=["object_kind", "object_id"])]
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.object_kind} {self.object_id}"


class AuditSeal(models.Model):
    """One link of the chain: the hash of a batch of entries and of the link before."""

    at = models.DateTimeField()
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.first_id}–{self.last_id} {self.digest[:12]}"


class SilencedAddress(models.Model):
    """An e-mail address or number, as a digest, that is not written to: see portal.core.silence."""

    digest = models.CharField(max_length=64, unique=True)
    link_digest = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("number or address that is not written to")
        verbose_name_plural = _("numbers and addresses that are not written to")

    def __str__(self) -> str:
        return self.digest[:12]


class TranslationState(models.TextChoices):
    """How a language stands to the source text."""

    SOURCE = "source", _("Source text")
    CURRENT = "current", _("Translated")
    OUTDATED = "outdated", _("The source has changed since")
    MISSING = "missing", _("Not translated yet")


_SPACE = re.compile(r"\s+")
_BETWEEN_TAGS = re.compile(r">\s+<")


def hash_of(texts: Iterable[str | None]) -> str:
    """16 hex characters over the source text of one entry. How it is spaced in the file or the editor is no change."""
    parts = (_SPACE.sub(" ", _BETWEEN_TAGS.sub("><", str(text or ""))).strip() for text in texts)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


class TranslatedContent(models.Model):
    """Content in four languages whose translations know which source text they are a translation of.

    `translated_from` holds {language: hash of the source fields at the time of translation}. A language is
    shown only when it is current or outdated; a text somebody has begun and not declared ready is missing.
    """

    SOURCE_FIELDS: tuple[str, ...] = ()
    source_language = models.CharField(
        _("source language"),
        max_length=2,
        choices=[(code, code) for code in LANGUAGES],
        default=DEFAULT,
    )
    translated_from = models.JSONField(_("translations"), default=dict, blank=True, editable=False)

    class Meta:
        abstract = True

    def source_hash(self) -> str:
        """16 hex characters over the source-language columns of SOURCE_FIELDS."""
        return hash_of(getattr(self, column(name, self.source_language)) for name in self.SOURCE_FIELDS)

    def translation_state(self, language: str) -> TranslationState:
        if language == self.source_language:
            return TranslationState.SOURCE
        known = self.translated_from.get(language)
        if not known or not getattr(self, column(self.SOURCE_FIELDS[0], language)):
            return TranslationState.MISSING
        return TranslationState.CURRENT if known == self.source_hash() else TranslationState.OUTDATED

    def translation_states(self) -> dict[str, TranslationState]:
        return {language: self.translation_state(language) for language in LANGUAGES}

    def shown_languages(self) -> list[str]:
        """Languages a resident may read this in."""
        return [code for code, state in self.translation_states().items() if state != TranslationState.MISSING]

    def outdated_languages(self) -> list[str]:
        """Languages whose source has changed since."""
        return [code for code, state in self.translation_states().items() if state == TranslationState.OUTDATED]

    def declare_translated(self, language: str) -> None:
        """ "This is a translation of the source as it stands now." The caller saves."""
        facts: dict[str, Any] = dict(self.translated_from)
        facts[language] = self.source_hash()
        self.translated_from = facts
