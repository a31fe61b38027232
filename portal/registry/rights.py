"""Rows of the rights matrix for the registry built in. Its own posts decide, not the portal's roles."""

from portal.core.rights import staff

RIGHTS = {
    "registry:cases": staff(),
    "registry:case": staff(),
    "registry:act": staff(),
    "registry:document": staff(),
}
