"""Rows of the rights matrix for the knowledge base."""

from portal.core.rights import everyone

RIGHTS = {
    "kb:article": everyone(),
    "kb:articles": everyone(),
    "kb:missing": everyone(),
    "kb:search": everyone(),
    "kb:suggest": everyone(),
}
