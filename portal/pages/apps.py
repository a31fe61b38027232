"""App of portal.pages."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "portal.pages"
    label = "pages"

    def ready(self) -> None:
        from portal.core import previews
        from portal.pages import easy, editing, findable, first_page, home, information, links, models, permissions  # noqa: F401

        editing.register()
        permissions.register()
        first_page.register(self)
        previews.register(models.HomePage, home.preview)
        previews.register(models.EasyPage, easy.preview)
        previews.register(models.InformationPage, information.preview)
        previews.register(models.NewsItem, information.preview)
        previews.register(models.NewsList, information.preview_list)
