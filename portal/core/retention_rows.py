"""Retention of the foundation's own tables."""

from portal.core.retention import STAFF_DUTY, Row

ROWS = {
    "core.User": Row(STAFF_DUTY, None),
    "core.AuditEntry": Row(STAFF_DUTY, None),
}
NOT_PERSONAL = {"core.AuditSeal"}
