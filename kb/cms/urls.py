"""Addresses of the editors' screens, under the CMS's own."""

from django.urls import path

from kb.cms import gaps

app_name = "knowledge"
urlpatterns = [
    path("gaps/", gaps.listed, name="gaps"),
    path("gaps/<int:pk>/", gaps.one, name="gap"),
    path("gaps/<int:pk>/<slug:deed>/", gaps.act, name="gap_act"),
]
