"""Rows of the rights matrix for what the project itself and third parts serve."""

from portal.core.rights import cms, everyone, signed_in

RIGHTS = {
    "enter": everyone(),
    "health_live": everyone(),
    "health_ready": everyone(),
    "core:display": everyone(),
    "account_login": everyone(),
    "wagtailadmin:*": cms(),
    "mfa:*": signed_in(),
}
