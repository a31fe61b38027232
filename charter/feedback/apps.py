"""App of feedback."""

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "charter.feedback"
    label = "feedback"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from charter.feedback.appeals import access
        from charter.memberships import holds
        from portal.core import staff, storage

        storage.register(
            storage.Kept(
                access.GRANT.cookie,
                storage.Where.COOKIE,
                _("Lets you see what you wrote to us without typing its number again. Set only after you typed it."),
                storage.for_seconds(access.GRANT.seconds),
            )
        )
        staff.register("feedback:appeals", _("Appeals"), may=holds(*access.HANDLERS), order=15)
