"""People of the tests: Bob the consultant, Carol the editor, Mona the manager, Dan the stranger."""

from __future__ import annotations

from wagtail.users.models import UserProfile

from charter.models import Institution, Membership, Role
from portal.core.models import User


def staff(name: str, *roles: str, institution: Institution | None = None) -> User:
    """A signed-up member of staff with these roles, in one institution or (None) the whole city."""
    user, _created = User.objects.get_or_create(username=name.lower(), defaults={"display_name": name})
    # Tests read what stands on a screen; the editors' room speaks the language of its user.
    UserProfile.objects.get_or_create(user=user, defaults={"preferred_language": "en"})
    for role in roles:
        Membership.objects.get_or_create(user=user, role=role, institution=institution)
    return user


def bob(institution: Institution | None = None) -> User:
    return staff("Bob", Role.CONSULTANT, institution=institution)


def carol(institution: Institution | None = None) -> User:
    return staff("Carol", Role.EDITOR, institution=institution)


def mona(institution: Institution | None = None) -> User:
    return staff("Mona", Role.MANAGER, institution=institution)


def dan() -> User:
    """Signed in, but nobody's colleague."""
    return staff("Dan")
