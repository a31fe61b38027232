"""Addresses of the registry's own screens."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from portal.registry import views
from portal.registry.recipients import views as people
from portal.registry.recipients.record import ADDERS


class Deed(StringConverter):
    """One of the things that can be done in a case."""

    regex = "|".join(views.DEEDS)


class Around(StringConverter):
    """One of the things written down around a person."""

    regex = "|".join(ADDERS)


register_converter(Around, "registry_around")
register_converter(Deed, "registry_deed")
app_name = "registry"
_PERSON = "registry/recipients/<int:pk>/"
urlpatterns = [
    path("registry/", views.cases, name="cases"),
    path("registry/recipients/", people.recipients, name="recipients"),
    path("registry/recipients/new/", people.new, name="new_recipient"),
    path("registry/recipients/alike/", people.look_alike, name="alike"),
    path(_PERSON, people.recipient, name="recipient"),
    path(f"{_PERSON}change/", people.edit, name="edit_recipient"),
    path(f"{_PERSON}reveal/", people.reveal, name="reveal"),
    path(f"{_PERSON}add/<registry_around:what>/", people.add, name="add"),
    path(f"{_PERSON}merge/<int:other>/", people.merge, name="merge"),
    path("registry/<str:number>/", views.case, name="case"),
    path("registry/<str:number>/<registry_deed:deed>/", views.act, name="act"),
    path("registry/<str:number>/documents/<int:document>/", views.document, name="document"),
]
