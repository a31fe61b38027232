"""Retention of the foundation's own tables."""

from portal.core.retention import PUBLIC_TASK, STAFF_DUTY, Row

ROWS = {
    "core.User": Row(STAFF_DUTY, None),
    "core.AuditEntry": Row(STAFF_DUTY, None),
    "core.SilencedAddress": Row(PUBLIC_TASK, None),  # a digest, until its owner takes it back
}
NOT_PERSONAL = {"core.AuditSeal"}
