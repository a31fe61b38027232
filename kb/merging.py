"""Two answers to one question become one: nothing that led to the other is lost."""

from __future__ import annotations

from django.db import transaction

from kb.keeping import keep
from kb.models import Article, ArticleState, Gap, MovedAddress, PinnedAnswer, Remark
from kb.moved import lead_to, slugs_of
from portal.core import audit
from portal.core.languages import columns
from portal.core.models import User


class CannotMerge(ValueError):
    """An article is merged into another one that is public."""


@transaction.atomic
def merge(article: Article, *, into: Article, by: User) -> None:
    """`article` goes to the archive; its addresses in every language, links, pins, remarks and words go to `into`.

    Raises CannotMerge.
    """
    if article.pk == into.pk or not into.live or into.merged_into_id:
        raise CannotMerge(f"{article.code} → {into.code}")
    _hand_over_words(article, into, by=by)
    for name in ("topics", "services", "institutions"):
        getattr(into, name).set({*getattr(into, name).all(), *getattr(article, name).all()})
    into.save()
    into.save_revision(user=by, clean=False).publish(user=by, skip_permission_checks=True)
    if article.live:
        article.unpublish(user=by)
    article.stage, article.merged_into = ArticleState.ARCHIVED, into
    article.save(update_fields=["stage", "merged_into"])
    Article.objects.filter(merged_into=article).update(merged_into=into)
    MovedAddress.objects.filter(article=article).update(article=into)
    lead_to(into, slugs_of(article) - slugs_of(into))
    _hand_over_pins(article, into)
    Gap.objects.filter(article=article).update(article=into)
    Remark.objects.filter(article=article).update(article=into)
    audit.record("article.merged", article, by=by, into=into.code)


def _hand_over_words(article: Article, into: Article, *, by: User) -> None:
    """What residents called the one, they may call the other: its question too."""
    words = {}
    for title, name in zip(columns(("title",)), columns(("resident_words",)), strict=True):
        lines = (getattr(into, name) or "").splitlines()
        more = [getattr(article, title) or "", *(getattr(article, name) or "").splitlines()]
        words[name] = "\n".join(dict.fromkeys(line.strip() for line in [*lines, *more] if line.strip()))
    keep(into, words, by=by)


def _hand_over_pins(article: Article, into: Article) -> None:
    for pin in PinnedAnswer.objects.filter(kind="article", code=article.code):
        taken = PinnedAnswer.objects.filter(language=pin.language, words=pin.words, kind="article", code=into.code)
        if taken.exists():
            pin.delete()
        else:
            pin.code = into.code
            pin.save(update_fields=["code"])
