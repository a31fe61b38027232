"""A signed-in member of staff for a measurement: `python -m tests.bench.session ROLE` prints the cookie."""

from __future__ import annotations

import sys

import django


def cookie(role: str) -> str:
    """`name=value` of a session of the demonstration's first member of staff with this role, for the whole city."""
    from django.conf import settings
    from django.test import Client

    from charter.models import Membership

    user = Membership.objects.filter(role=role).order_by("institution_id", "pk").last()
    assert user is not None
    client = Client()
    client.force_login(user.user)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


if __name__ == "__main__":
    django.setup()
    print(cookie(sys.argv[1]))
