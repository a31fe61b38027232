"""What texts rest on is watched: a base amount, fact or legal act that changes sends all that cites it to review."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver
from django.utils.translation import gettext as _
from django.utils.translation import override

from charter.models import BaseAmount
from kb import uses
from kb.models import Article, Fact, LegalAct, ReviewCause
from kb.reviews import open_reviews
from kb.states import doubt
from portal.core.caching import watch
from portal.core.languages import DEFAULT, columns
from portal.core.references import Filled, register_placeholder

watch(Fact)


_paused = threading.local()


@contextmanager
def paused() -> Iterator[None]:
    """A whole pack is loaded, texts and amounts together: nothing in it is news to the texts in it."""
    _paused.now = True
    try:
        yield
    finally:
        _paused.now = False


def send_to_review(found: Iterable[uses.Use], *, cause: ReviewCause, what: str, warn: bool = True) -> int:
    """Open a review of every entry and its translations; with `warn` an article is outdated until it was checked."""
    made = 0
    for use in [] if getattr(_paused, "now", False) else found:
        made += open_reviews(use.content, cause=cause, what=what)
        if warn and isinstance(use.content, Article):
            doubt(use.content)
    return made


def _before(model: type[Any], instance: Any, *names: str) -> tuple[Any, ...] | None:
    """What stood in these columns until now; None for a new row."""
    return model.objects.filter(pk=instance.pk).values_list(*names).first() if instance.pk else None


@receiver(pre_save, sender=BaseAmount)
@receiver(pre_save, sender=Fact)
@receiver(pre_save, sender=LegalAct)
def _note_what_stood_there(sender: type[Any], instance: Any, **_kwargs: Any) -> None:
    instance._stood = _before(sender, instance, *_WATCHED[sender])


@receiver(post_save, sender=BaseAmount)
def _amount_changed(instance: Any, raw: bool = False, **_kwargs: Any) -> None:
    """Sums follow by themselves; whether the sentences around them still hold, somebody looks.

    Readers are warned only of a corrected amount: a new year's was to be expected.
    """
    is_new = instance._stood is None
    if raw or instance._stood == (instance.amount,):
        return
    if is_new and not BaseAmount.objects.filter(code=instance.code, year__lt=instance.year).exists():
        return
    with override(DEFAULT):
        what = _("Base amount %(code)s of %(year)s is now %(amount)s €") % {
            "code": instance.code,
            "year": instance.year,
            "amount": instance.amount,
        }
    send_to_review(uses.of_base(instance.code), cause=ReviewCause.BASE_AMOUNT, what=what, warn=not is_new)


@receiver(post_save, sender=Fact)
def _fact_changed(instance: Any, raw: bool = False, **_kwargs: Any) -> None:
    now = tuple(getattr(instance, name) for name in _WATCHED[Fact])
    if not raw and instance._stood is not None and instance._stood != now:
        with override(DEFAULT):
            what = _("Fact “%(code)s” has changed") % {"code": instance.code}
        send_to_review(uses.of_fact(instance.code), cause=ReviewCause.FACT, what=what)


@receiver(post_save, sender=LegalAct)
def _act_changed(instance: Any, raw: bool = False, **_kwargs: Any) -> None:
    now = tuple(getattr(instance, name) for name in _WATCHED[LegalAct])
    if not raw and instance._stood is not None and instance._stood != now:
        act_changed(instance)


def act_changed(act: LegalAct) -> int:
    """A new edition is in force, or somebody wrote down what has changed."""
    what = " · ".join(str(part) for part in (act, act.edition_on, act.change) if part)
    return send_to_review(uses.of_act(act), cause=ReviewCause.LEGAL_ACT, what=what)


_WATCHED: dict[type[Any], tuple[str, ...]] = {
    BaseAmount: ("amount",),
    Fact: tuple(columns(("value",))),
    LegalAct: ("edition_on", "change"),
}


def facts(insides: frozenset[str], language: str) -> dict[str, Filled]:
    """`fact:care-hours` → its words in the reader's language."""
    codes = {inside.removeprefix("fact:") for inside in insides}
    rows = Fact.objects.filter(code__in=codes).values("code", *columns(("value",)))
    found = {f"fact:{row['code']}": row[f"value_{language}"] or row[f"value_{DEFAULT}"] for row in rows}
    return {inside: Filled(words) for inside, words in found.items() if words}


register_placeholder(r"fact:[\w-]+", facts)
