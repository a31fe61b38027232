"""Terms of the registry's case types, taken over into the town's standards by a person, or dismissed with a reason."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from charter.memberships import reach_of
from charter.models import Clock, Role, ServiceStandard, Source
from portal.cases import asking, status_words
from portal.cases.asking import Budget
from portal.cases.models import ProposalState, TermProposal
from portal.cases.promises import DECISION
from portal.cases.registries import registries
from portal.cases.registries.base import Away, NotThere, Refused
from portal.cases.registries.facts import Capability, KnownType
from portal.core import audit, clock
from portal.core.caching import forget_pages
from portal.core.models import User
from portal.core.schedule import every

DECIDERS = (Role.MANAGER, Role.ADMINISTRATOR)
EVERY = 6 * 60 * 60


class Laxer(ValueError):
    """The town promises more than this already, or the law gives less."""


class Decided(ValueError):
    """Somebody has decided on it before."""


class HasDraft(ValueError):
    """An editor is changing the standard: what they wrote would be lost."""


class ReasonNeeded(ValueError):
    """A proposal is dismissed for a reason."""


@every(EVERY, "case types")
def read_case_types(alias: str = "default") -> int:
    """Hear which case types there are: new terms are proposed, new statuses are put on the list. Returns how many."""
    if Capability.CASE_TYPES not in registries[alias].capabilities():
        return 0
    try:
        told = asking.ask(alias, lambda r: r.case_types(), budget=Budget(asking.UPLOAD))
    except (Away, NotThere, Refused):
        return 0
    return sum(_hear(alias, known) for known in told)


def _hear(alias: str, told: KnownType) -> int:
    fresh = status_words.note(told.kind, told.statuses)
    if told.promised_days or told.legal_days:
        terms = {"promised_days": told.promised_days, "legal_days": told.legal_days}
        named = {"title": told.title[:200], "told_at": clock.now()}
        _made, is_new = TermProposal.objects.get_or_create(registry=alias, kind=told.kind, **terms, defaults=named)
        fresh += is_new
    return fresh


def standards_for(user: User) -> QuerySet[ServiceStandard]:
    """Standards of decisions that `user` may change. A case type names calendar days, so only those that count so."""
    reach = reach_of(user, *DECIDERS)
    found = ServiceStandard.objects.filter(live=True, source=Source.CASES, metric=DECISION, clock=Clock.CALENDAR)
    return found if reach.whole_city else found.filter(institution_id__in=reach.institutions)


@transaction.atomic
def accept(proposal: TermProposal, standard: ServiceStandard, *, by: User) -> None:
    """Take the terms over: a stricter promise, and the days of the law where none were known or they were more.

    Requests that are under way keep the promise they were given. Raises PermissionDenied, Decided, Laxer, HasDraft.
    """
    proposal = _open(proposal)
    if not standards_for(by).filter(pk=standard.pk).exists():
        raise PermissionDenied
    standard = ServiceStandard.objects.select_for_update().get(pk=standard.pk)
    if standard.has_unpublished_changes:
        raise HasDraft
    promised = proposal.promised_days or standard.promised_value
    legal = proposal.legal_days or standard.legal_value
    is_laxer = any(
        told and known and told > known
        for told, known in ((promised, standard.promised_value), (legal, standard.legal_value), (promised, legal))
    )
    if is_laxer:
        raise Laxer
    before = {"promised": _plain(standard.promised_value), "legal": _plain(standard.legal_value)}
    standard.promised_value, standard.legal_value = promised, legal
    standard.save()
    standard.save_revision(user=by, clean=False).publish(user=by, skip_permission_checks=True)
    _decide(proposal, ProposalState.ACCEPTED, by=by, standard=standard.code)
    audit.record("term_proposal.accepted", proposal, by=by, standard=standard.code, before=before)
    transaction.on_commit(forget_pages)


def _plain(value: object) -> str:
    return "" if value is None else str(value)


@transaction.atomic
def dismiss(proposal: TermProposal, reason: str, *, by: User) -> None:
    """It is not taken over, and why. Raises PermissionDenied, Decided, ReasonNeeded."""
    if not reach_of(by, *DECIDERS):
        raise PermissionDenied
    if not reason.strip():
        raise ReasonNeeded
    proposal = _open(proposal)
    _decide(proposal, ProposalState.DISMISSED, by=by, reason=reason.strip()[:300])
    audit.record("term_proposal.dismissed", proposal, by=by, reason=reason.strip())


def _open(proposal: TermProposal) -> TermProposal:
    """The row as it is now, ours until the transaction ends. Raises Decided."""
    found = TermProposal.objects.select_for_update().get(pk=proposal.pk)
    if found.state != ProposalState.OPEN:
        raise Decided
    return found


def _decide(proposal: TermProposal, state: ProposalState, *, by: User, standard: str = "", reason: str = "") -> None:
    proposal.state, proposal.standard, proposal.reason = state, standard, reason
    proposal.by, proposal.decided_at = by, clock.now()
    proposal.save(update_fields=["state", "standard", "reason", "by", "decided_at"])
