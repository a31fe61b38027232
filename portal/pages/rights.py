"""Rows of the rights matrix for the public pages."""

from portal.core.rights import everyone

RIGHTS = {
    "pages:about": everyone(),
    "pages:accessibility": everyone(),
    "pages:complaints": everyone(),
    "pages:contacts": everyone(),
    "pages:home": everyone(),
    "pages:information": everyone(),
    "pages:news": everyone(),
    "pages:news_item": everyone(),
    "pages:open_data": everyone(),
    "pages:privacy": everyone(),
    "pages:sitemap": everyone(),
    "robots": everyone(),
    "sitemap": everyone(),
}
