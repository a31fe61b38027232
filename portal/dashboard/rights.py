"""Rows of the rights matrix for the manager's page."""

from charter.models import Role
from portal.core.rights import everyone, staff

_THEIRS = staff(Role.MANAGER, Role.SUPERVISOR, Role.ADMINISTRATOR)
RIGHTS = {
    "dashboard:home": _THEIRS,
    "dashboard:figures": _THEIRS,
    "dashboard:workbook": _THEIRS,
    "dashboard:sheet": _THEIRS,
    "dashboard:sheet_file": _THEIRS,
    "dashboard:sheet_paper": _THEIRS,
    "dashboard:paper": _THEIRS,
    "dashboard:save_view": _THEIRS,
    "dashboard:drop_view": _THEIRS,
    "dashboard:wish": _THEIRS,
    "dashboard:no_report": everyone(),
    "dashboard:promises": _THEIRS,
    "dashboard:promise": _THEIRS,
    "dashboard:measurement": _THEIRS,
    "dashboard:decide": staff(Role.MANAGER, Role.ADMINISTRATOR),
}
