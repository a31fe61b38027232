"""The case registry's tables: who works with cases, whom they are about, and what happened in each."""

from portal.registry.models.alert import Acknowledged, AlertKind
from portal.registry.models.around import HouseholdMember, Income, Paper, PaperKind, Relation, Representative
from portal.registry.models.case import Case, Clock, Status, StatusChange
from portal.registry.models.catalogue import BaseSum, CareService, PaymentRule, Tariff, Unit
from portal.registry.models.document import DocumentKind, DocumentTemplate, Produced, TemplateState
from portal.registry.models.exchange import (
    Encoding,
    ExchangeFormat,
    ExchangeKind,
    ExchangeProfile,
    ExchangeRun,
    RunState,
)
from portal.registry.models.field import Confirmation, FieldKey, FieldRecord, FieldState, Tablet
from portal.registry.models.file import CaseDocument, CaseNote, Contact, Enquiry
from portal.registry.models.job import ActsJob, ActsPart, JobState
from portal.registry.models.law import (
    Consent,
    Erasure,
    ErasureGround,
    Look,
    OpeningReason,
    Restriction,
    RestrictionGround,
)
from portal.registry.models.month import Act, Month, MonthState
from portal.registry.models.opinion import GroupProposal, ProposalKind, ProposalState, SecondOpinion
from portal.registry.models.people import Post, PostRole, Recipient
from portal.registry.models.plan import Capacity, CarePackage, PlanState, PlanStop, WeekPlan
from portal.registry.models.programme import (
    Assessment,
    CareForm,
    Payment,
    Per,
    Programme,
    ProgrammeLine,
    ProgrammeState,
    Suspension,
)
from portal.registry.models.question import (
    CountedMonth,
    QuestionWish,
    Rhythm,
    SavedQuestion,
    ServiceCount,
    StatForm,
    StatRow,
    TouchedMonth,
    VisitCount,
)
from portal.registry.models.said import VisitWord
from portal.registry.models.task import CalendarFeed, DueTask, LetterRun
from portal.registry.models.visit import Outcome, Provided, Visit

__all__ = [
    "Acknowledged",
    "Act",
    "ActsJob",
    "ActsPart",
    "AlertKind",
    "Assessment",
    "BaseSum",
    "CalendarFeed",
    "Capacity",
    "CareForm",
    "CarePackage",
    "CareService",
    "Case",
    "CaseDocument",
    "CaseNote",
    "Clock",
    "Confirmation",
    "Consent",
    "Contact",
    "CountedMonth",
    "DocumentKind",
    "DocumentTemplate",
    "DueTask",
    "Encoding",
    "Enquiry",
    "Erasure",
    "ErasureGround",
    "ExchangeFormat",
    "ExchangeKind",
    "ExchangeProfile",
    "ExchangeRun",
    "FieldKey",
    "FieldRecord",
    "FieldState",
    "GroupProposal",
    "HouseholdMember",
    "Income",
    "JobState",
    "LetterRun",
    "Look",
    "Month",
    "MonthState",
    "OpeningReason",
    "Outcome",
    "Paper",
    "PaperKind",
    "Payment",
    "PaymentRule",
    "Per",
    "PlanState",
    "PlanStop",
    "Post",
    "PostRole",
    "Produced",
    "Programme",
    "ProgrammeLine",
    "ProgrammeState",
    "ProposalKind",
    "ProposalState",
    "Provided",
    "QuestionWish",
    "Recipient",
    "Relation",
    "Representative",
    "Restriction",
    "RestrictionGround",
    "Rhythm",
    "RunState",
    "SavedQuestion",
    "SecondOpinion",
    "ServiceCount",
    "StatForm",
    "StatRow",
    "Status",
    "StatusChange",
    "Suspension",
    "Tablet",
    "Tariff",
    "TemplateState",
    "TouchedMonth",
    "Unit",
    "Visit",
    "VisitCount",
    "VisitWord",
    "WeekPlan",
]
