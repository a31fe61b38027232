"""`manage.py registry_post USERNAME ROLE [--department NAME]`: the first head of a registry; the others by its page."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.core import audit
from portal.core.models import User
from portal.registry.models import PostRole
from portal.registry.posts import give_post


class Command(BaseCommand):
    help = "Give a member of staff a post in the registry built in; without a department: in all of it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("role", choices=PostRole.values)
        parser.add_argument("--department", default="")

    def handle(self, *args: Any, username: str, role: str, department: str, **options: Any) -> None:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"{username}: there is nobody of that name")
        post = give_post(user, department=department, role=role)
        audit.record("registry.post_given", post, by=audit.SYSTEM, role=role)
        self.stdout.write(str(post))
