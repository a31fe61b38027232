"""How much help a person needs: questions asked by an assessor, counted at once, kept with what they were."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from portal.core import audit, clock
from portal.instruments import scoring
from portal.instruments.conditions import Bases
from portal.instruments.selectors import Sheet
from portal.registry.law import restricting
from portal.registry.models import Assessment, BaseSum, Post, Recipient
from portal.registry.refusals import Refused

Answers = Mapping[str, tuple[str, ...]]


def bases(day: dt.date) -> Bases:
    """The base amounts of a day, in euros, by code."""
    rows = BaseSum.objects.filter(valid_from__lte=day).order_by("valid_from").values_list("code", "cents")
    return {code: Decimal(cents) / 100 for code, cents in rows}


@transaction.atomic
def assess(recipient: Recipient, sheet: Sheet, answers: Answers, *, by: Post) -> Assessment:
    """Count the answers and keep them; the one before is no longer the latest. Raises Refused without a group."""
    restricting.check(recipient)
    today = clock.today()
    found = scoring.score(sheet.definition, answers, bases(today))
    if not sheet.definition.by_points or not found.found:
        raise Refused("no_group_yet", missing=len(found.missing) + len(found.unassessed))
    outcome = found.found[0].outcome
    Recipient.objects.select_for_update().get(pk=recipient.pk)
    Assessment.objects.filter(recipient=recipient, is_latest=True).update(is_latest=False)
    kept = Assessment.objects.create(
        recipient=recipient,
        version_id=sheet.id,
        answers={code: list(given) for code, given in answers.items()},
        points=found.points,
        group=outcome.code,
        day=today,
        by=by.user,
        repeat_on=months_later(today, outcome.again_months) if outcome.again_months else None,
    )
    audit.record("registry.assessed", kept, by=by.user, points=found.points, group=outcome.code)
    return kept


def explained(assessment: Assessment, sheet: Sheet) -> scoring.Score:
    """The score again from what was answered: each question with its points, and what changed the group."""
    answers = {code: tuple(given) for code, given in assessment.answers.items()}
    return scoring.score(sheet.definition, answers, bases(assessment.day))


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day that many months later, or the 28th where the month is too short to be sure."""
    month = day.month - 1 + months
    return dt.date(day.year + month // 12, month % 12 + 1, min(day.day, 28))
