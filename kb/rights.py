"""Rows of the rights matrix for the knowledge base."""

from portal.core.rights import everyone

RIGHTS = {
    "kb:search": everyone(),
    "kb:suggest": everyone(),
}
