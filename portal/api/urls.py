"""Addresses for programs."""

from django.urls import path

from portal.api.v1 import api
from portal.core import errors

urlpatterns = [
    path("v1/", api.urls),
    path("<path:rest>", errors.no_such_address, name="api_nothing"),
]
