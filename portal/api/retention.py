"""Retention of the API's own table: it holds codes of published entries, nothing about a person."""

from portal.core.retention import Row

ROWS: dict[str, Row] = {}
NOT_PERSONAL = {"api.Change"}
