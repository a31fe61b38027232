"""Addresses of the editors' room for questions, under the CMS's own."""

from django.urls import path

from portal.pages.checks import editing

app_name = "questions"
urlpatterns = [
    path("", editing.listed, name="listed"),
    path("new/", editing.new, name="new"),
    path("<int:pk>/begin/", editing.begin, name="begin"),
    path("versions/<int:pk>/", editing.version, name="version"),
    path("versions/<int:pk>/compare/<int:other>/", editing.compare, name="compare"),
    path("versions/<int:pk>/<slug:name>/", editing.deed, name="deed"),
]
