"""Retention of instruments: questions and their versions, nothing about a person. Answers are kept nowhere."""

from portal.core.retention import Row

ROWS: dict[str, Row] = {}
NOT_PERSONAL = {"instruments.Instrument", "instruments.Version"}
