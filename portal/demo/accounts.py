"""Accounts to try the demonstration with: one a role, random passwords, written where only the owner may read them.

Never in production. Loading again keeps the accounts and their passwords.
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from charter.models import Institution, Membership, Role
from chat.models import Presence
from portal.core import clock
from portal.core.models import User
from portal.demo.office import PostRole, give_post

FILE = "demo-accounts.json"
CITY = None


class NotInProduction(Exception):
    """Accounts whose passwords lie in a file have no place on a production site."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works in the demonstration city. `place`: which of its institutions, by order; None: the city."""

    username: str
    name: str
    role: str
    place: int | None
    languages: tuple[str, ...]
    screens: str = "lt"
    post: str = ""  # a role in the registry built in, where it is not a case worker's


PEOPLE = (
    Person("ruta", "Rūta", Role.CONSULTANT, 0, ("lt", "ru", "en")),
    Person("oksana", "Oksana", Role.CONSULTANT, 2, ("lt", "ru", "uk")),
    Person("vilma", "Vilma", Role.SUPERVISOR, CITY, ("lt", "ru")),
    Person("jonas", "Jonas", Role.EDITOR, CITY, ("lt", "en")),
    Person("irina", "Irina", Role.TRANSLATOR, CITY, ("ru", "uk")),
    Person("daiva", "Daiva", Role.MANAGER, CITY, ("lt",)),
    Person("tomas", "Tomas", Role.MANAGER, 0, ("lt",)),
    Person("aiste", "Aistė", Role.CASE_WORKER, 0, ("lt", "ru")),
    Person("gintare", "Gintarė", "", CITY, ("lt", "ru"), post=PostRole.HEAD),
    Person("loreta", "Loreta", "", CITY, ("lt",), post=PostRole.CLERK),
    Person("kristina", "Kristina", "", CITY, ("lt", "ru"), post=PostRole.ASSESSOR),
    Person("paulius", "Paulius", "", CITY, ("lt", "en"), post=PostRole.OFFICER),
    Person("admin", "Administratorius", Role.ADMINISTRATOR, CITY, ("lt", "en")),
)


def create_accounts(data_dir: Path) -> Path:
    """See that everybody of PEOPLE exists with their membership, and that the file says how to sign in."""
    if settings.PRODUCTION:
        raise NotInProduction("Demonstration accounts are not made on a production site.")
    path = data_dir / FILE
    known = {row["username"]: row["password"] for row in _read(path)}
    institutions = list(Institution.objects.order_by("order", "code"))
    rows = [_account(person, institutions, known.get(person.username)) for person in PEOPLE]
    _write(path, rows)
    return path


def _account(person: Person, institutions: list[Institution], password: str | None) -> dict[str, Any]:
    user = User.objects.filter(username=person.username).first()
    if user is None or password is None:
        password = password or secrets.token_urlsafe(12)
        user = user or User(username=person.username)
        user.display_name, user.interface_language = person.name, person.screens
        user.set_password(password)
        user.save()
    place = None if person.place is None else institutions[person.place % len(institutions)]
    if person.role:
        Membership.objects.get_or_create(user=user, role=person.role, institution=place)
    _desk(user, person)
    return {
        "username": person.username,
        "password": password,
        "role": person.role or f"registry: {person.post}",
        "institution": place.code if place else "",
        "languages": list(person.languages),
    }


def _desk(user: User, person: Person) -> None:
    """What a consultant and a case worker need besides their role."""
    if person.role in (Role.CONSULTANT, Role.SUPERVISOR):
        given = {"languages": list(person.languages), "chosen_at": clock.now()}
        Presence.objects.get_or_create(user=user, defaults=given)
    if person.role == Role.CASE_WORKER or person.post:
        give_post(user, person.post)


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        return list(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError):
        return []


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    """Readable by its owner from the first byte on."""
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(rows, file, ensure_ascii=False, indent=1)
    draft.replace(path)
