"""Rows of the rights matrix for the public pages."""

from portal.core.rights import everyone

RIGHTS = {"pages:home": everyone()}
