"""Words that mean the same, and words that mean danger; both kept by editors and applied at query time."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Synonym(models.Model):
    """A group of terms: {language: [terms]}. One language: plain synonyms; several: a glossary pair."""

    terms = models.JSONField(_("terms"), default=dict)
    is_active = models.BooleanField(_("in use"), default=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")

    def __str__(self) -> str:
        return " · ".join(term for terms in self.terms.values() for term in terms)[:80]


class CrisisWord(models.Model):
    """A word or phrase after which the crisis card stands first."""

    language = models.CharField(_("language"), max_length=2)
    text = models.CharField(_("word or phrase"), max_length=80)

    class Meta:
        ordering = ["language", "text"]
        verbose_name = _("crisis word")
        verbose_name_plural = _("crisis words")
        constraints = [models.UniqueConstraint(fields=["language", "text"], name="a_crisis_word_stands_once")]

    def __str__(self) -> str:
        return f"{self.language}: {self.text}"
