"""Retention of the registry: a case and what lies in it is kept as long as the office's own schedule says."""

from portal.core.retention import PUBLIC_TASK, STAFF_DUTY, Row

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
    "registry.Tablet": Row(STAFF_DUTY, None),
    "registry.FieldRecord": Row(PUBLIC_TASK, None),
    "registry.VisitWord": Row(PUBLIC_TASK, None),
    "registry.Month": Row(STAFF_DUTY, None),
    "registry.Act": Row(PUBLIC_TASK, None),
    "registry.Produced": Row(PUBLIC_TASK, None),
    "registry.DocumentTemplate": Row(STAFF_DUTY, None),
    "registry.Case": Row(PUBLIC_TASK, None),
    "registry.StatusChange": Row(PUBLIC_TASK, None),
    "registry.CaseNote": Row(PUBLIC_TASK, None),
    "registry.CaseDocument": Row(PUBLIC_TASK, None),
    "registry.Contact": Row(PUBLIC_TASK, None),
    "registry.Enquiry": Row(PUBLIC_TASK, None),
}
NOT_PERSONAL = {
    "registry.CarePackage",
    "registry.CareService",
    "registry.Tariff",
    "registry.BaseSum",
    "registry.PaymentRule",
    "registry.FieldKey",
}
