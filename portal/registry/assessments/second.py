"""Two assessors: the second answers blind, what differs is named, and another group needs two signatures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from portal.core import audit, clock
from portal.core.models import AuditEntry
from portal.instruments import scoring
from portal.instruments.definition import Outcome
from portal.instruments.scoring import Line, Score
from portal.instruments.selectors import Sheet
from portal.registry.access import May, may
from portal.registry.assessments.actions import Answers, bases, months_later
from portal.registry.models import (
    Assessment,
    GroupProposal,
    Post,
    ProposalKind,
    ProposalState,
    Recipient,
    SecondOpinion,
)
from portal.registry.refusals import Refused

SEEN = "registry.assessment_seen"


@dataclass(frozen=True, slots=True)
class Pair:
    """One question as both answered it."""

    first: Line
    second: Line

    @property
    def differs(self) -> bool:
        return (self.first.chosen, self.first.number) != (self.second.chosen, self.second.number)


def is_hidden(assessment: Assessment, post: Post) -> bool:
    """Whether this post may still be its second assessor, and must therefore not see what was answered."""
    if not may(post, May.ASSESS) or assessment.by_id == post.user_id or not assessment.is_latest:
        return False
    settled = GroupProposal.objects.filter(result=assessment).exists()
    return not settled and not _second(assessment) and not has_looked(assessment, post)


def has_looked(assessment: Assessment, post: Post) -> bool:
    """Whether this post chose to see the answers instead of giving their own."""
    seen = AuditEntry.objects.filter(action=SEEN, actor=post.user, object_kind=assessment._meta.label_lower)
    return seen.filter(object_id=str(assessment.pk)).exists()


def look(assessment: Assessment, *, by: Post) -> None:
    """See the answers: whoever does is no longer the second assessor of it."""
    if not has_looked(assessment, by):
        audit.record(SEEN, assessment, by=by.user)


@transaction.atomic
def answer(assessment: Assessment, sheet: Sheet, answers: Answers, *, by: Post) -> SecondOpinion:
    """Keep what the second assessor answered. Raises Refused for who was the first, has looked, or comes third."""
    assessment = _locked(assessment)
    if assessment.by_id == by.user_id:
        raise Refused("ones_own_assessment")
    if has_looked(assessment, by):
        raise Refused("looked_already")
    if _second(assessment):
        raise Refused("second_is_there")
    score, outcome = _counted(sheet, answers, assessment)
    opinion = SecondOpinion.objects.create(
        assessment=assessment,
        answers=_plain(answers),
        points=score.points,
        group=outcome.code,
        day=clock.today(),
        by=by.user,
    )
    audit.record("registry.assessed_again", assessment, by=by.user, points=opinion.points, group=opinion.group)
    return opinion


def compared(assessment: Assessment, opinion: SecondOpinion, sheet: Sheet) -> list[Pair]:
    """Both answers to every question that either was asked, in the order of the questions."""
    first, second = (_again(sheet, one.answers, assessment) for one in (assessment, opinion))
    pairs = (Pair(*lines) for lines in zip(first.lines, second.lines, strict=True))
    return [pair for pair in pairs if any(line.counted == scoring.Counted.YES for line in (pair.first, pair.second))]


@transaction.atomic
def agree(assessment: Assessment, sheet: Sheet, answers: Answers, *, reason: str, by: Post) -> GroupProposal:
    """One of the two says what both agree on; the other signs. What they did not differ in stays as it was answered."""
    assessment = _locked(assessment)
    opinion = _second(assessment)
    if opinion is None or by.user_id not in (assessment.by_id, opinion.by_id):
        raise Refused("not_of_the_two")
    differing = {pair.first.question.code for pair in compared(assessment, opinion, sheet) if pair.differs}
    together = _tuples(assessment.answers) | {code: given for code, given in answers.items() if code in differing}
    found, outcome = _counted(sheet, together, assessment)
    facts = {"answers": _plain(together), "points": found.points, "group": outcome.code}
    return _proposed(assessment, ProposalKind.AGREED, reason, by, facts)


@transaction.atomic
def override(assessment: Assessment, sheet: Sheet, group: str, *, reason: str, by: Post) -> GroupProposal:
    """Another group than the answers give, with a reason. Raises Refused for a group the questions do not know."""
    assessment = _locked(assessment)
    if sheet.definition.outcome(group) is None or group == assessment.group:
        raise Refused("no_other_group", field="group")
    facts = {"answers": assessment.answers, "points": assessment.points, "group": group}
    return _proposed(assessment, ProposalKind.OVERRIDE, reason, by, facts)


@transaction.atomic
def sign(proposal: GroupProposal, sheet: Sheet, *, by: Post) -> Assessment:
    """The second signature: from now on the proposed group is the person's. Raises Refused.

    Agreed answers are signed by the other assessor or by a head, another group by who signs programmes.
    """
    proposal = _waiting(proposal, by)
    before = proposal.assessment
    outcome = sheet.definition.outcome(proposal.group)
    months = outcome.again_months if outcome else 0
    Assessment.objects.filter(pk=before.pk).update(is_latest=False)
    result = Assessment.objects.create(
        recipient_id=before.recipient_id,
        case_id=before.case_id,
        version_id=before.version_id,
        answers=proposal.answers,
        points=proposal.points,
        group=proposal.group,
        day=before.day,
        by_id=proposal.by_id,
        repeat_on=months_later(before.day, months) if months else None,
    )
    _close(proposal, ProposalState.SIGNED, by, result)
    audit.record("registry.group_signed", result, by=by.user, why=proposal.kind, group=proposal.group)
    return result


@transaction.atomic
def refuse(proposal: GroupProposal, *, by: Post) -> GroupProposal:
    """Not signed: the assessment stays as it was. Raises Refused."""
    proposal = _waiting(proposal, by)
    _close(proposal, ProposalState.REFUSED, by, None)
    audit.record("registry.group_not_signed", proposal.assessment, by=by.user, why=proposal.kind)
    return proposal


def may_sign(proposal: GroupProposal, post: Post) -> bool:
    """Whether this post's signature would be the second one."""
    if not proposal.is_open or proposal.by_id == post.user_id:
        return False
    opinion = _second(proposal.assessment)
    others = {proposal.assessment.by_id, opinion.by_id if opinion else None}
    return may(post, May.SIGN) or (proposal.kind == ProposalKind.AGREED and post.user_id in others)


def _proposed(assessment: Assessment, kind: str, reason: str, by: Post, facts: dict[str, Any]) -> GroupProposal:
    if not reason.strip():
        raise Refused("no_reason", field="reason")
    if assessment.proposals.filter(state=ProposalState.OPEN).exists():
        raise Refused("proposal_is_open")
    why = reason.strip()[:300]
    made = GroupProposal.objects.create(
        assessment=assessment, kind=kind, reason=why, by=by.user, at=clock.now(), **facts
    )
    audit.record("registry.group_proposed", assessment, by=by.user, reason=made.reason, group=made.group)
    return made


def _waiting(proposal: GroupProposal, by: Post) -> GroupProposal:
    _locked(proposal.assessment)
    found = GroupProposal.objects.select_for_update().select_related("assessment").get(pk=proposal.pk)
    if not found.is_open:
        raise Refused("proposal_is_closed")
    if not may_sign(found, by):
        raise Refused("not_your_signature")
    return found


def _close(proposal: GroupProposal, state: str, by: Post, result: Assessment | None) -> None:
    proposal.state, proposal.second_by, proposal.second_at, proposal.result = state, by.user, clock.now(), result
    proposal.save(update_fields=["state", "second_by", "second_at", "result"])


def _locked(assessment: Assessment) -> Assessment:
    """The latest assessment of a person, with the person locked. Raises Refused when a later one was made."""
    Recipient.objects.select_for_update().get(pk=assessment.recipient_id)
    found = Assessment.objects.get(pk=assessment.pk)
    if not found.is_latest:
        raise Refused("a_later_assessment")
    return found


def _second(assessment: Assessment) -> SecondOpinion | None:
    return SecondOpinion.objects.filter(assessment=assessment).first()


def _counted(sheet: Sheet, answers: Answers, assessment: Assessment) -> tuple[Score, Outcome]:
    found = scoring.score(sheet.definition, answers, bases(assessment.day))
    if not found.found:
        raise Refused("no_group_yet", missing=len(found.missing) + len(found.unassessed))
    return found, found.found[0].outcome


def _again(sheet: Sheet, answers: Mapping[str, Any], assessment: Assessment) -> Score:
    return scoring.score(sheet.definition, _tuples(answers), bases(assessment.day))


def _tuples(answers: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {code: tuple(given) for code, given in answers.items()}


def _plain(answers: Answers) -> dict[str, list[str]]:
    return {code: list(given) for code, given in answers.items()}
