"""Rows of the rights matrix for the registry built in. Its own posts decide, not the portal's roles."""

from portal.core.rights import staff

RIGHTS = {
    "registry:cases": staff(),
    "registry:case": staff(),
    "registry:act": staff(),
    "registry:document": staff(),
    "registry:recipients": staff(),
    "registry:new_recipient": staff(),
    "registry:alike": staff(),
    "registry:recipient": staff(),
    "registry:edit_recipient": staff(),
    "registry:reveal": staff(),
    "registry:add": staff(),
    "registry:merge": staff(),
}
