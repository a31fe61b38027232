"""App of chat."""

from django.apps import AppConfig


class ChatConfig(AppConfig):
    name = "chat"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from charter.memberships import holds
        from chat import access, kept, rounds  # noqa: F401  (kept: what lies in browsers; rounds: work that comes round)
        from chat.mail import rounds as letters  # noqa: F401
        from portal.core import staff, storage

        staff.register("desk:floor", _("Consultations"), may=holds(*access.ROLES), order=10)
        storage.register(
            storage.Kept(
                "parama.desk.draft",
                storage.Where.SESSION,
                _("Only for staff: keeps what a consultant has begun to write until it is sent."),
                storage.until_closed,
            ),
            storage.Kept(
                "parama.desk.keys",
                storage.Where.LOCAL,
                _("Only for staff: remembers that single-letter keys were switched off."),
                storage.until_removed,
            ),
        )
