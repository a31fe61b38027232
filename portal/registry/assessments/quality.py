"""Quality of assessments: each that was answered by two people, and how far they lie apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from portal.core.languages import Localised
from portal.instruments import selectors as instruments
from portal.registry import access
from portal.registry.assessments import second
from portal.registry.assessments.explaining import group_of
from portal.registry.models import GroupProposal, Post, ProposalState, SecondOpinion

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Check:
    """One assessment answered twice. `settled`: the group it came to by a second signature, where there was one."""

    assessment: int
    name: str
    day: dt.date
    first_by: str
    points: int
    group: Localised
    second_day: dt.date
    second_by: str
    second_points: int
    second_group: Localised
    differing: int
    settled: Localised | None

    @property
    def apart(self) -> int:
        return self.second_points - self.points


def checks(post: Post) -> list[Check]:
    """The latest first, within the post's reach. One query for them, one for what was signed, one for each version."""
    people = access.people(post).values("pk")
    found = SecondOpinion.objects.filter(assessment__recipient__in=people)
    opinions = list(found.select_related("assessment__recipient", "assessment__by", "by")[:SHOWN])
    sheets = {pk: instruments.any_version(pk) for pk in {one.assessment.version_id for one in opinions}}
    signed = GroupProposal.objects.filter(
        state=ProposalState.SIGNED, assessment__in=[o.assessment_id for o in opinions]
    )
    settled = dict(signed.order_by("at").values_list("assessment_id", "group"))
    return [_check(one, sheets[one.assessment.version_id], settled.get(one.assessment_id)) for one in opinions]


def columns() -> list[str]:
    """The columns of the workbook."""
    return [
        _("Person"),
        _("Day"),
        _("First assessor"),
        _("Points"),
        _("Group"),
        _("Day of the second"),
        _("Second assessor"),
        _("Points of the second"),
        _("Group of the second"),
        _("Answers that differ"),
        _("Points apart"),
        _("It came to"),
    ]


def rows(found: Iterable[Check]) -> list[dict[str, Any]]:
    """The workbook's rows."""
    return [
        dict(
            zip(
                columns(),
                (
                    one.name,
                    one.day.isoformat(),
                    one.first_by,
                    one.points,
                    one.group.text,
                    one.second_day.isoformat(),
                    one.second_by,
                    one.second_points,
                    one.second_group.text,
                    one.differing,
                    one.apart,
                    one.settled.text if one.settled else "",
                ),
                strict=True,
            )
        )
        for one in found
    ]


def _check(opinion: SecondOpinion, sheet: instruments.Sheet | None, settled: str | None) -> Check:
    first = opinion.assessment
    if sheet is None:  # protected while an assessment points to it
        raise LookupError(f"version {first.version_id} of an assessment is gone")
    return Check(
        assessment=first.pk,
        name=first.recipient.name,
        day=first.day,
        first_by=str(first.by),
        points=first.points,
        group=group_of(sheet, first.group),
        second_day=opinion.day,
        second_by=str(opinion.by),
        second_points=opinion.points,
        second_group=group_of(sheet, opinion.group),
        differing=sum(pair.differs for pair in second.compared(first, opinion, sheet)),
        settled=group_of(sheet, settled) if settled else None,
    )
