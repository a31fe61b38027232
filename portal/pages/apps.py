"""App of portal.pages."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "portal.pages"
    label = "pages"

    def ready(self) -> None:
        from portal.core import previews
        from portal.pages import editing, findable, home, information, links, models, permissions  # noqa: F401

        editing.register()
        permissions.register()
        previews.register(models.HomePage, home.preview)
        previews.register(models.InformationPage, information.preview)
        previews.register(models.NewsItem, information.preview)
        previews.register(models.NewsList, information.preview_list)
