"""What the municipality offers and promises: institutions, services, the charter, its standards and measurements."""

from charter.models.amount import BaseAmount
from charter.models.calendar import CalendarChange, Holiday, WorkingHours
from charter.models.charter import Area, Charter, CharterLine, Commitment, LineKind
from charter.models.institution import Institution
from charter.models.measurement import FigureState, ManualFigure, Measurement, PeriodKind
from charter.models.membership import Membership, Role
from charter.models.municipality import Municipality
from charter.models.service import Service, ServiceDifference
from charter.models.standard import (
    Clock,
    Direction,
    MeasuredHow,
    ServiceStandard,
    Source,
    StandardKind,
    Unit,
)

__all__ = [
    "Area",
    "BaseAmount",
    "CalendarChange",
    "Charter",
    "CharterLine",
    "Clock",
    "Commitment",
    "Direction",
    "FigureState",
    "Holiday",
    "Institution",
    "LineKind",
    "ManualFigure",
    "MeasuredHow",
    "Measurement",
    "Membership",
    "Municipality",
    "PeriodKind",
    "Role",
    "Service",
    "ServiceDifference",
    "ServiceStandard",
    "Source",
    "StandardKind",
    "Unit",
    "WorkingHours",
]
