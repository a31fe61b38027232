"""Rows of the rights matrix for programs: they read what the public may see."""

from portal.core.rights import everyone

RIGHTS = {"api:*": everyone(), "api_nothing": everyone(), "open_data:description": everyone()}
