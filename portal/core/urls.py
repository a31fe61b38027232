"""Addresses of the foundation that have a language."""

from django.urls import path

from portal.core import display, language_choice, staff

app_name = "core"
urlpatterns = [
    path("display/", display.save, name="display"),
    path("language/", language_choice.choose, name="language"),
    path("staff/", staff.workplace, name="workplace"),
]
