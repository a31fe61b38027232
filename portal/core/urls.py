"""Addresses of the foundation that have a language."""

from django.urls import path

from portal.core import display, staff

app_name = "core"
urlpatterns = [
    path("display/", display.save, name="display"),
    path("staff/", staff.workplace, name="workplace"),
]
