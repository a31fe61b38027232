"""App of feedback."""

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "charter.feedback"
    label = "feedback"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from charter import performance
        from charter.feedback import (
            entering,
            permissions,  # noqa: F401  (it registers what roles may do)
        )
        from charter.feedback.appeals import (
            access,
            recounting,  # noqa: F401  (a corrected calendar counts terms anew)
            selectors,
        )
        from charter.feedback.improvements import staff as improvements
        from charter.feedback.kiosk import access as kiosk
        from charter.feedback.models import ImprovementGoal, Survey
        from charter.feedback.surveys import access as surveys
        from charter.feedback.surveys import building  # noqa: F401  (it closes what is over)
        from charter.memberships import holds
        from portal.core import staff, storage
        from portal.core.caching import watch

        storage.register(
            storage.Kept(
                access.GRANT.cookie,
                storage.Where.COOKIE,
                _("Lets you see what you wrote to us without typing its number again. Set only after you typed it."),
                storage.for_seconds(access.GRANT.seconds),
            )
        )
        storage.register(
            storage.Kept(
                kiosk.cookie(),
                storage.Where.COOKIE,
                _("Only on the tablets at our offices: says which office it stands in."),
                storage.for_seconds(kiosk.SECONDS),
            ),
            storage.Kept(
                "kiosk",
                storage.Where.LOCAL,
                _("Only on the tablets at our offices: the page, and answers that could not be sent yet."),
                storage.until_sent,
            ),
        )
        staff.register("feedback:appeals", _("Appeals"), may=holds(*access.HANDLERS), order=15)
        staff.register(entering.PLACE, _("Ratings"), may=holds(*entering.ENTERERS), order=16)
        staff.register("feedback:surveys", _("Surveys"), may=holds(*surveys.LEADERS), order=22)
        staff.register("feedback:board", _("Improvements"), may=holds(*improvements.LEADERS), order=24)
        staff.register("feedback:idea", _("Ideas"), may=holds(*improvements.EVERYBODY), order=60)
        watch(ImprovementGoal, Survey)
        performance.register_told(selectors.told_not_kept)
