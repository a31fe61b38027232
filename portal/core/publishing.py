"""What an editor set for a later hour goes out, and what has run out comes down, at that minute."""

from __future__ import annotations

from django.core.management import call_command

from portal.core.schedule import every


@every(60, "scheduled publishing")
def publish_what_is_due() -> None:
    """Wagtail's own rule for pages and snippets; each of them forgets the kept pages and renews the index."""
    call_command("publish_scheduled", verbosity=0)
