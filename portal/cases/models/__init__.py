"""What the portal itself keeps about cases: the link, what is still to be sent, who opened one, and who helps."""

from portal.cases.models.cause import OpeningCause
from portal.cases.models.draft import Draft, DraftFile
from portal.cases.models.link import CaseLink, Opening
from portal.cases.models.look import LookKind, LookOutcome, OddLook
from portal.cases.models.mandate import HelperRole, Mandate, Right
from portal.cases.models.news import CaseNews
from portal.cases.models.outbox import Kind, OutboxItem, Progress, RegistryCursor
from portal.cases.models.plan import FieldKind, Place, RequestField, RequestPlan
from portal.cases.models.proposal import ProposalState, TermProposal
from portal.cases.models.status_words import StatusWords
from portal.cases.models.visit_word import VisitWord

__all__ = [
    "CaseLink",
    "CaseNews",
    "Draft",
    "DraftFile",
    "FieldKind",
    "HelperRole",
    "Kind",
    "LookKind",
    "LookOutcome",
    "Mandate",
    "OddLook",
    "Opening",
    "OpeningCause",
    "OutboxItem",
    "Place",
    "Progress",
    "ProposalState",
    "RegistryCursor",
    "RequestField",
    "RequestPlan",
    "Right",
    "StatusWords",
    "TermProposal",
    "VisitWord",
]
