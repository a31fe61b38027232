"""The case registry's tables: who works with cases, whom they are about, and what happened in each."""

from portal.registry.models.around import HouseholdMember, Income, Paper, PaperKind, Relation, Representative
from portal.registry.models.case import Case, Clock, Status, StatusChange
from portal.registry.models.file import CaseDocument, CaseNote, Contact, Enquiry
from portal.registry.models.people import Post, PostRole, Recipient

__all__ = [
    "Case",
    "CaseDocument",
    "CaseNote",
    "Clock",
    "Contact",
    "Enquiry",
    "HouseholdMember",
    "Income",
    "Paper",
    "PaperKind",
    "Post",
    "PostRole",
    "Recipient",
    "Relation",
    "Representative",
    "Status",
    "StatusChange",
]
