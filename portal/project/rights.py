"""Rows of the rights matrix for what the project itself and third parts serve."""

from portal.core.rights import cms, everyone, signed_in

RIGHTS = {
    "enter": everyone(),
    "health_live": everyone(),
    "health_ready": everyone(),
    "core:display": everyone(),
    "core:language": everyone(),
    "core:workplace": signed_in(),
    "cms/*": cms(),
    "account/*": everyone(),  # the sign-in itself; what is behind it asks for the session
    "wagtaildocs_serve": everyone(),
    "wagtaildocs_authenticate_with_password": everyone(),
    "wagtail_serve": everyone(),
    "wagtailcore_authenticate_with_password": everyone(),
    "wagtailcore_login": everyone(),
}
