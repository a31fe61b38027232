"""Rows of the rights matrix for what residents say."""

from portal.core.rights import everyone

RIGHTS = {"feedback:thanks": everyone(), "feedback:vote": everyone()}
