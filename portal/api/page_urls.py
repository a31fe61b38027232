"""Addresses of the pages about the API."""

from django.urls import path

from portal.api import pages

app_name = "open_data"
urlpatterns = [path("open-data/api/", pages.description, name="description")]
