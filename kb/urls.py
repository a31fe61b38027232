"""Addresses of kb."""

from django.urls import path

from kb.search import views as search

app_name = "kb"
urlpatterns = [
    path("search/", search.search, name="search"),
    path("search/suggest/", search.suggest, name="suggest"),
]
