"""Retention of the registry: a case and what lies in it is kept as long as the office's own schedule says."""

import datetime as dt

from portal.core import clock
from portal.core.retention import PUBLIC_TASK, STAFF_DUTY, Row

JOINT_DAYS = 365


def forget_acts(before: dt.datetime) -> int:
    """The acts of a month on one paper; each act itself is kept."""
    from portal.registry.law import joint

    return joint.forget_acts(before)


def forget_letters(before: dt.datetime) -> int:
    """The letters of a month on one paper."""
    from portal.registry.law import joint

    return joint.forget_letters(before)


def forget_files(before: dt.datetime) -> int:
    """Files of other systems that were checked and never loaded."""
    from portal.registry.exchange import actions

    return actions.forget_files(before)


def erase_the_rest(before: dt.datetime) -> int:
    """What had to be kept when a person was erased, and need not be any more."""
    from portal.registry.law import erasing  # it knows every table; this list is read while tables are made

    return erasing.erase_the_rest(clock.day_of(before))


ROWS = {
    "registry.Post": Row(STAFF_DUTY, None),
    "registry.Recipient": Row(PUBLIC_TASK, None),
    "registry.HouseholdMember": Row(PUBLIC_TASK, None),
    "registry.Income": Row(PUBLIC_TASK, None),
    "registry.Paper": Row(PUBLIC_TASK, None),
    "registry.Representative": Row(PUBLIC_TASK, None),
    "registry.Assessment": Row(PUBLIC_TASK, None),
    "registry.SecondOpinion": Row(PUBLIC_TASK, None),
    "registry.GroupProposal": Row(PUBLIC_TASK, None),
    "registry.Programme": Row(PUBLIC_TASK, None),
    "registry.ProgrammeLine": Row(PUBLIC_TASK, None),
    "registry.Suspension": Row(PUBLIC_TASK, None),
    "registry.Capacity": Row(STAFF_DUTY, None),
    "registry.WeekPlan": Row(PUBLIC_TASK, None),
    "registry.PlanStop": Row(PUBLIC_TASK, None),
    "registry.Visit": Row(PUBLIC_TASK, None),
    "registry.Provided": Row(PUBLIC_TASK, None),
    "registry.Acknowledged": Row(PUBLIC_TASK, None),
    "registry.Tablet": Row(STAFF_DUTY, None),
    "registry.FieldRecord": Row(PUBLIC_TASK, None),
    "registry.VisitWord": Row(PUBLIC_TASK, None),
    "registry.VisitCount": Row(PUBLIC_TASK, None),  # as long as the visits that are counted
    "registry.ServiceCount": Row(PUBLIC_TASK, None),
    "registry.SavedQuestion": Row(STAFF_DUTY, None),  # until its owner takes it away or leaves
    "registry.QuestionWish": Row(STAFF_DUTY, None),
    "registry.Month": Row(STAFF_DUTY, None),
    "registry.Act": Row(PUBLIC_TASK, None),
    "registry.ActsJob": Row(PUBLIC_TASK, JOINT_DAYS, forget_acts),
    "registry.ActsPart": Row(PUBLIC_TASK, JOINT_DAYS),  # goes with its job
    "registry.DueTask": Row(PUBLIC_TASK, None),
    "registry.LetterRun": Row(PUBLIC_TASK, JOINT_DAYS, forget_letters),
    "registry.CalendarFeed": Row(STAFF_DUTY, None),
    "registry.Produced": Row(PUBLIC_TASK, None),
    "registry.DocumentTemplate": Row(STAFF_DUTY, None),
    "registry.Case": Row(PUBLIC_TASK, None),
    "registry.StatusChange": Row(PUBLIC_TASK, None),
    "registry.CaseNote": Row(PUBLIC_TASK, None),
    "registry.CaseDocument": Row(PUBLIC_TASK, None),
    "registry.Contact": Row(PUBLIC_TASK, None),
    "registry.Enquiry": Row(PUBLIC_TASK, None),
    "registry.ExchangeProfile": Row(STAFF_DUTY, None),
    "registry.ExchangeRun": Row(STAFF_DUTY, 7, forget_files),  # the file; its receipt stays
    "registry.Look": Row(STAFF_DUTY, None),
    "registry.Restriction": Row(PUBLIC_TASK, None),
    "registry.Consent": Row(PUBLIC_TASK, None),
    "registry.Erasure": Row(STAFF_DUTY, 0, erase_the_rest),
}
NOT_PERSONAL = {
    "registry.CarePackage",
    "registry.CareService",
    "registry.Tariff",
    "registry.BaseSum",
    "registry.PaymentRule",
    "registry.FieldKey",
    "registry.OpeningReason",
    "registry.CountedMonth",
    "registry.TouchedMonth",
    "registry.StatForm",
    "registry.StatRow",
}
