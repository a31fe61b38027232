"""Saved questions: words under a name, one's own or shared with the department, sent by e-mail to who wants that."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Q, QuerySet

from portal.core import audit, clock
from portal.registry.models import Post, QuestionWish, Rhythm, SavedQuestion
from portal.registry.questions.question import kept
from portal.registry.refusals import Refused

MOST = 50  # of one's own


def visible(post: Post) -> QuerySet[SavedQuestion]:
    """One's own, and those that colleagues of the same department share."""
    shared = Q(is_shared=True, department=post.department)
    return SavedQuestion.objects.filter(Q(owner=post.user) | shared).select_related("owner").order_by("name", "pk")


@transaction.atomic
def save(post: Post, *, name: str, words: Mapping[str, str], is_shared: bool) -> SavedQuestion:
    """Keep a question; a name one has used already now means this question. Raises Refused."""
    name = " ".join(name.split())[:80]
    if not name:
        raise Refused("question_without_name", field="name")
    mine = SavedQuestion.objects.filter(owner=post.user)
    if not mine.filter(name=name).exists() and mine.count() >= MOST:
        raise Refused("too_many_questions", field="name", many=MOST)
    facts = {
        "words": kept(words),
        "is_shared": is_shared,
        "department": post.department,
        "saved_at": clock.now(),
    }
    found, _is_new = SavedQuestion.objects.update_or_create(owner=post.user, name=name, defaults=facts)
    audit.record("registry.question_saved", found, by=post.user, shared=is_shared)
    return found


@transaction.atomic
def drop(post: Post, pk: int) -> bool:
    """Take away one of one's own; False when there is none such."""
    found = SavedQuestion.objects.filter(owner=post.user, pk=pk).first()
    if found is None:
        return False
    audit.record("registry.question_dropped", found, by=post.user)
    found.delete()
    return True


@transaction.atomic
def wish(post: Post, question: SavedQuestion, rhythm: str) -> None:
    """From now on the answer comes in this rhythm; "" stops it. Raises Refused without an address."""
    known = QuestionWish.objects.filter(user=post.user, question=question)
    if rhythm not in Rhythm.values:
        known.delete()
        audit.record("registry.question_unwished", question, by=post.user)
        return
    if not post.user.email:
        raise Refused("no_address_of_yours")
    QuestionWish.objects.update_or_create(user=post.user, question=question, defaults={"rhythm": rhythm})
    audit.record("registry.question_wished", question, by=post.user, rhythm=rhythm)


def stop(token: str) -> None:
    """By the link in a letter; pressing twice is no fault."""
    found = QuestionWish.objects.filter(token=token).select_related("question").first()
    if found is not None:
        audit.record("registry.question_unwished", found.question, by=audit.SYSTEM)
        found.delete()
