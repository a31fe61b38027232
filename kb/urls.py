"""Addresses of the knowledge base."""

from django.urls import path

from kb import views
from kb.search import views as search

app_name = "kb"
urlpatterns = [
    path("answers/", views.articles, name="articles"),
    path("answers/<slug:slug>/", views.article, name="article"),
    path("search/", search.search, name="search"),
    path("search/missing/", search.missing, name="missing"),
    path("search/suggest/", search.suggest, name="suggest"),
]
