"""App of portal.pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "portal.pages"
    label = "pages"

    def ready(self) -> None:
        from charter.memberships import holds
        from charter.models import Role
        from portal.core import previews, staff
        from portal.pages import easy, editing, findable, first_page, home, information, links, models, permissions  # noqa: F401

        editing.register()
        # By phone: the same questions, the answers read out, the result as text for the note.
        staff.register(
            "pages:checks", _("Needs check"), may=holds(Role.CONSULTANT, Role.SUPERVISOR, Role.CASE_WORKER), order=27
        )
        permissions.register()
        first_page.register()
        previews.register(models.HomePage, home.preview)
        previews.register(models.EasyPage, easy.preview)
        previews.register(models.InformationPage, information.preview)
        previews.register(models.NewsItem, information.preview)
        previews.register(models.NewsList, information.preview_list)
