"""Addresses of the pages put together from several packages."""

from django.urls import path

from portal.pages import home, information, sitemaps

app_name = "pages"
urlpatterns = [
    path("", home.home, name="home"),
    path("about/", information.role_page("about"), name="about"),
    path("accessibility/", information.role_page("accessibility"), name="accessibility"),
    path("complaints/", information.role_page("complaints"), name="complaints"),
    path("contacts/", information.role_page("contacts"), name="contacts"),
    path("info/<slug:word>/", information.information, name="information"),
    path("news/", information.news, name="news"),
    path("news/<slug:word>/", information.news_item, name="news_item"),
    path("open-data/", information.role_page("open-data"), name="open_data"),
    path("privacy/", information.role_page("privacy"), name="privacy"),
    path("site-map/", sitemaps.page, name="sitemap"),
]
