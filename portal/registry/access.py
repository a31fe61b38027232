"""The registry's door: what each role may do, and which people and programmes are within a post's reach."""

from __future__ import annotations

import enum
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from portal.registry.models import Case, Post, PostRole, Recipient


class May(enum.Enum):
    """One thing that a post may or may not do; its value is what people read."""

    READ = _("open recipients and cases")
    WRITE = _("write down and change recipients")
    MERGE = _("make one record of two")
    REVEAL = _("see identifiers in full, with a reason")
    HANDLE = _("work on cases")
    ASSESS = _("assess how much help is needed")
    PLAN = _("draft programmes and make their documents")
    SIGN = _("sign, suspend and end programmes")
    VISIT = _("record visits of one’s own")
    VISIT_FOR_OTHERS = _("record visits for a colleague")
    PREPARE = _("prepare a month")
    CLOSE = _("close a month that somebody else prepared, and correct it")
    PRICE = _("set tariffs")
    COMPOSE = _("send in document templates and put them to use")
    REPORT = _("see the department’s reports")
    OVERSEE = _("watch over visits: alerts, tablets and what they could not bring in")
    NAME = _("see the people behind a figure")
    APPOINT = _("give and take posts")
    EXCHANGE = _("take in files of other systems and give files out")
    GUARD = _("give people their data, restrict and erase it")
    WATCH = _("see who opened whose record, lift restrictions, and name the reasons")

    @property
    def label(self) -> Any:
        return self.value


_EVERYBODY = {May.READ, May.REVEAL}
_HEAD = set(May) - {May.WATCH}  # a head's own looks are looked at by the officer
RIGHTS: dict[str, frozenset[May]] = {
    PostRole.SOCIAL_WORKER: frozenset({*_EVERYBODY, May.WRITE, May.HANDLE, May.PLAN, May.VISIT, May.NAME}),
    PostRole.HEAD: frozenset(_HEAD),
    PostRole.ASSESSOR: frozenset({*_EVERYBODY, May.WRITE, May.HANDLE, May.ASSESS, May.NAME}),
    PostRole.CLERK: frozenset(
        _HEAD - {May.ASSESS, May.SIGN, May.CLOSE, May.VISIT, May.OVERSEE, May.APPOINT, May.GUARD}
    ),
    PostRole.OFFICER: frozenset({*_EVERYBODY, May.REPORT, May.GUARD, May.WATCH}),
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
