"""Retention of the charter's tables."""

from portal.core.retention import STAFF_DUTY, Row

ROWS = {"charter.ManualFigure": Row(STAFF_DUTY, None), "charter.Membership": Row(STAFF_DUTY, None)}
NOT_PERSONAL = {
    "charter.BaseAmount",
    "charter.CalendarChange",
    "charter.Charter",
    "charter.CharterLine",
    "charter.Commitment",
    "charter.Holiday",
    "charter.Institution",
    "charter.Measurement",
    "charter.Municipality",
    "charter.Service",
    "charter.ServiceDifference",
    "charter.ServiceStandard",
    "charter.WorkingHours",
}
