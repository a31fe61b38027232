"""Addresses for programs."""

from django.urls import path

from portal.core import errors

app_name = "api"
urlpatterns = [
    path("<path:rest>", errors.no_such_address, name="nothing"),
]
