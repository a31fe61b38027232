"""Old addresses stay alive: a word that an article gives up, in whatever language, leads to it from then on."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver

from kb.models import Article, MovedAddress
from portal.core.languages import columns

_SLUGS = columns(("slug",))


def slugs_of(article: Article) -> set[str]:
    """Its address words in every language."""
    return {slug for name in _SLUGS if (slug := getattr(article, name))}


@receiver(pre_save, sender=Article)
def _note_what_it_gives_up(instance: Article, update_fields: Any = None, **_: Any) -> None:
    given_up: set[str] = set()
    if instance.pk and (update_fields is None or set(update_fields) & set(_SLUGS)):
        before = Article.objects.filter(pk=instance.pk, live=True).values(*_SLUGS).first()
        given_up = {slug for slug in before.values() if slug} - slugs_of(instance) if before else set()
    instance._given_up = given_up


@receiver(post_save, sender=Article)
def _keep_what_it_gave_up(instance: Article, **_: Any) -> None:
    given_up: set[str] = getattr(instance, "_given_up", set())
    if given_up:
        lead_to(instance, given_up)


def lead_to(article: Article, slugs: set[str]) -> None:
    """Who comes by these words is sent on to `article`."""
    for slug in slugs:
        MovedAddress.objects.update_or_create(slug=slug, defaults={"article": article})
