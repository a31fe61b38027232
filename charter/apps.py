"""App of the charter."""

from django.apps import AppConfig


class CharterConfig(AppConfig):
    name = "charter"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from charter import blocks, context, corrections, permissions, references  # noqa: F401  (they register)
        from charter.memberships import holds
        from charter.models import (
            BaseAmount,
            CalendarChange,
            CharterLine,
            Holiday,
            Measurement,
            Municipality,
            Role,
            WorkingHours,
        )
        from portal.core import holidays, staff
        from portal.core.caching import watch

        holidays.register(
            lambda first, last: Holiday.objects.filter(date__range=(first, last)).values_list("date", flat=True)
        )
        watch(BaseAmount, CalendarChange, CharterLine, Holiday, Measurement, Municipality, WorkingHours)
        staff.register(
            "wagtailadmin_home",
            _("Content"),
            may=holds(Role.EDITOR, Role.TRANSLATOR, Role.ADMINISTRATOR),
            order=40,
        )
