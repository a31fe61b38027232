"""The registry's door: what each role may do, and which people and programmes are within a post's reach."""

from __future__ import annotations

import enum

from django.db.models import Exists, OuterRef, Q, QuerySet

from portal.registry.models import Case, Post, PostRole, Recipient


class May(enum.Enum):
    """One thing that a post may or may not do."""

    READ = "open recipients and cases"
    WRITE = "write down and change recipients"
    MERGE = "make one record of two"
    REVEAL = "see an identifier in full, with a reason"
    HANDLE = "work on cases"
    ASSESS = "assess needs"
    PLAN = "draft programmes"
    SIGN = "sign, suspend and end programmes"
    VISIT = "record visits of one's own"
    VISIT_FOR_OTHERS = "record visits for a colleague"
    PREPARE = "prepare a month"
    CLOSE = "close a month that somebody else prepared, and correct it"
    PRICE = "set tariffs"
    COMPOSE = "publish document templates"
    REPORT = "see the department's reports"
    LOG = "see who opened what"


_EVERYBODY = {May.READ, May.REVEAL}
_HEAD = set(May) - {May.LOG}
RIGHTS: dict[str, frozenset[May]] = {
    PostRole.SOCIAL_WORKER: frozenset({*_EVERYBODY, May.WRITE, May.HANDLE, May.PLAN, May.VISIT}),
    PostRole.HEAD: frozenset(_HEAD),
    PostRole.ASSESSOR: frozenset({*_EVERYBODY, May.WRITE, May.HANDLE, May.ASSESS}),
    PostRole.CLERK: frozenset(_HEAD - {May.SIGN, May.CLOSE, May.ASSESS, May.VISIT}),
    PostRole.OFFICER: frozenset({*_EVERYBODY, May.LOG, May.REPORT}),
}


def may(post: Post, what: May) -> bool:
    """Whether the role of this post allows it. An unknown role may nothing."""
    return what in RIGHTS.get(post.role, frozenset())


def people(post: Post) -> QuerySet[Recipient]:
    """The recipients within this post's reach: the department's, nobody's, and those it has a case of."""
    here = Recipient.objects.filter(merged_into__isnull=True)
    if not post.department:
        return here
    cases = Case.objects.filter(recipient=OuterRef("pk"), department=post.department)
    return here.filter(Q(department__in=("", post.department)) | Exists(cases))
