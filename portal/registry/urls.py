"""Addresses of the registry's own screens."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from portal.registry import views


class Deed(StringConverter):
    """One of the things that can be done in a case."""

    regex = "|".join(views.DEEDS)


register_converter(Deed, "registry_deed")
app_name = "registry"
urlpatterns = [
    path("registry/", views.cases, name="cases"),
    path("registry/<str:number>/", views.case, name="case"),
    path("registry/<str:number>/<registry_deed:deed>/", views.act, name="act"),
    path("registry/<str:number>/documents/<int:document>/", views.document, name="document"),
]
