"""Rows of the rights matrix for what residents say."""

from portal.core.rights import everyone

RIGHTS = {"feedback:rate": everyone(), "feedback:thanks": everyone(), "feedback:vote": everyone()}
