"""A gap that an answer was written for closes when the answer is published."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from wagtail.signals import published

from kb.gaps.actions import article_published
from kb.models import Article
from portal.core.models import User


@receiver(published, sender=Article, dispatch_uid="gaps-close")
def _close(instance: Article, revision: Any = None, **_: Any) -> None:
    by = revision.user if revision is not None else None
    article_published(instance, by=by if isinstance(by, User) else None)
