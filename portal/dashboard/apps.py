"""App of portal.dashboard."""

from django.apps import AppConfig


class DashboardConfig(AppConfig):
    name = "portal.dashboard"
    label = "dashboard"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from charter.memberships import holds
        from charter.models import Role
        from portal.core import staff
        from portal.dashboard import counting, letters, measure, watching  # noqa: F401  (their rounds)

        may = holds(Role.MANAGER, Role.SUPERVISOR, Role.ADMINISTRATOR)
        staff.register("dashboard:home", _("Did we help?"), may=may, order=20)
        staff.register("dashboard:promises", _("Promises"), may=may, order=22)
