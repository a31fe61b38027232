"""The way of an article: draft → in review → published → outdated → archived, and who may move it along."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.dispatch import receiver
from wagtail.signals import published

from charter.memberships import roles_of
from charter.models import Role
from kb.models import Article, ArticleState
from kb.reviews import close_reviews_of
from portal.core import audit, clock
from portal.core.languages import column
from portal.core.models import User

REVIEWED_EVERY = dt.timedelta(days=183)
EDITORS = frozenset({Role.EDITOR, Role.ADMINISTRATOR})
DOUBTERS = EDITORS | {Role.SUPERVISOR, Role.MANAGER}
WRITERS = EDITORS | {Role.TRANSLATOR}

# From where to where, and which roles may do it. "Published" out of "outdated" says: checked, it is true again.
MOVES: Mapping[ArticleState, Mapping[ArticleState, frozenset[str]]] = {
    ArticleState.DRAFT: {ArticleState.IN_REVIEW: WRITERS, ArticleState.ARCHIVED: EDITORS},
    ArticleState.IN_REVIEW: {
        ArticleState.PUBLISHED: EDITORS,
        ArticleState.DRAFT: WRITERS,
        ArticleState.ARCHIVED: EDITORS,
    },
    ArticleState.PUBLISHED: {ArticleState.OUTDATED: DOUBTERS, ArticleState.ARCHIVED: EDITORS},
    ArticleState.OUTDATED: {ArticleState.PUBLISHED: EDITORS, ArticleState.ARCHIVED: EDITORS},
    ArticleState.ARCHIVED: {ArticleState.DRAFT: EDITORS},
}


class NoSuchMove(ValueError):
    """An article in this state does not go there."""


class NotAllowed(PermissionError):
    """Somebody else has to do it."""


class NotReady(ValueError):
    """It has no question or no answer yet."""


def moves_for(article: Article, user: User) -> list[ArticleState]:
    """Where `user` may move the article now."""
    held = roles_of(user)
    return [to for to, roles in MOVES[article.state].items() if held & roles]


@transaction.atomic
def move(article: Article, to: ArticleState, *, by: User) -> None:
    """Take one step. Raises NoSuchMove, NotAllowed, NotReady."""
    before = article.state
    roles = MOVES[before].get(to)
    if roles is None:
        raise NoSuchMove(f"{before} → {to}")
    if not roles_of(by) & roles:
        raise NotAllowed(f"{before} → {to}")
    if to in {ArticleState.IN_REVIEW, ArticleState.PUBLISHED} and not _is_whole(article):
        raise NotReady(article.code)
    if to == ArticleState.PUBLISHED and before == ArticleState.OUTDATED:
        check(article, by=by)
        return
    if to == ArticleState.PUBLISHED:
        _stage(article, "")
        revision = article.get_latest_revision() or article.save_revision(user=by, clean=False)
        revision.publish(user=by, skip_permission_checks=True)
        article.refresh_from_db()
    elif to == ArticleState.ARCHIVED and article.live:
        article.unpublish(user=by)
        _stage(article, to)
    else:
        _stage(article, "" if to == ArticleState.DRAFT else to)
    audit.record("article.moved", article, by=by, before=str(before), after=str(to))


@transaction.atomic
def check(article: Article, *, by: User) -> None:
    """ "I have checked it: it is true today." It is checked again in half a year; what asked for it is answered."""
    today = clock.today()
    article.checked_on, article.review_on, article.stage = today, today + REVIEWED_EVERY, ""
    article.save(update_fields=["checked_on", "review_on", "stage"])
    _into_draft(article, by=by)
    close_reviews_of(article, by=by)
    audit.record("article.checked", article, by=by)


def doubt(article: Article) -> None:
    """It may no longer be true: readers are told, editors find it among what is outdated. Drafts stay drafts."""
    if article.live and article.stage != ArticleState.OUTDATED:
        _stage(article, ArticleState.OUTDATED)


@receiver(published, sender=Article, dispatch_uid="article-published")
def _is_public_again(instance: Article, **_: Any) -> None:
    """Whichever way it was published: what waited for review or lay in the archive does so no more."""
    waited = Article.objects.filter(pk=instance.pk, stage__in=[ArticleState.IN_REVIEW, ArticleState.ARCHIVED])
    if waited.update(stage="", merged_into=None):
        instance.stage, instance.merged_into = "", None


def _into_draft(article: Article, *, by: User) -> None:
    """The day of the check must not be lost when an older draft is published."""
    if article.latest_revision_id is None:
        return
    draft = article.get_latest_revision_as_object()
    draft.checked_on, draft.review_on = article.checked_on, article.review_on
    is_whole = not article.has_unpublished_changes
    revision = draft.save_revision(user=by, clean=False, log_action=False)
    if is_whole and article.live:
        revision.publish(user=by, skip_permission_checks=True, log_action=False)


def _stage(article: Article, stage: str) -> None:
    article.stage = stage
    article.save(update_fields=["stage"])


def _is_whole(article: Article) -> bool:
    draft = article.get_latest_revision_as_object() if article.latest_revision_id else article
    language = draft.source_language
    return all(getattr(draft, column(name, language)) for name in ("title", "slug", "short_answer"))
