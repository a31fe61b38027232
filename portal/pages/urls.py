"""Addresses of the pages put together from several packages."""

from django.urls import path

from portal.pages import views

app_name = "pages"
urlpatterns = [path("", views.home, name="home")]
