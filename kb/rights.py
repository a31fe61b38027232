"""Rows of the rights matrix for the knowledge base."""

from portal.core.rights import everyone

RIGHTS = {
    "kb:article": everyone(),
    "kb:articles": everyone(),
    "kb:changes": everyone(),
    "kb:leaflet": everyone(),
    "kb:missing": everyone(),
    "kb:qr": everyone(),
    "kb:remark": everyone(),
    "kb:search": everyone(),
    "kb:suggest": everyone(),
    "kb:wish": everyone(),
}
