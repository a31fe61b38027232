"""Addresses of the pages put together from several packages."""

from django.urls import path

from portal.pages import easy, home, information, institutions, services, sitemaps, topics
from portal.pages.checks import previewing
from portal.pages.checks import views as checks

app_name = "pages"
urlpatterns = [
    path("", home.home, name="home"),
    path("about/", information.role_page("about"), name="about"),
    path("accessibility/", information.role_page("accessibility"), name="accessibility"),
    path("check/", checks.checks, name="checks"),
    path("check/<slug:code>/", checks.check, name="check"),
    path("check-preview/<int:pk>/", previewing.preview, name="check_preview"),
    path("complaints/", information.role_page("complaints"), name="complaints"),
    path("contacts/", information.role_page("contacts"), name="contacts"),
    path("easy-to-read/", information.role_page("easy-to-read"), name="easy_to_read"),
    path("easy-to-read/<slug:word>/", easy.page, name="easy"),
    path("info/<slug:word>/", information.information, name="information"),
    path("institutions/", institutions.institutions, name="institutions"),
    path("institutions/<slug:slug>/", institutions.institution, name="institution"),
    path("news/", information.news, name="news"),
    path("news/<slug:word>/", information.news_item, name="news_item"),
    path("open-data/", information.role_page("open-data"), name="open_data"),
    path("privacy/", information.role_page("privacy"), name="privacy"),
    path("reference/", information.role_page("reference"), name="reference"),
    path("services/", services.services, name="services"),
    path("services/<slug:slug>/", services.service, name="service"),
    path("site-map/", sitemaps.page, name="sitemap"),
    path("topics/<slug:slug>/", topics.topic, name="topic"),
    path("what-may-i-get/", checks.may_get, name="may_get"),
    path("what-may-i-get/<slug:code>/", checks.situation, name="situation"),
]
