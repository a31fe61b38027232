"""Addresses of the knowledge base."""

from django.urls import path

from kb import feed, papers, saying, views
from kb.search import views as search

app_name = "kb"
urlpatterns = [
    path("answers/", views.articles, name="articles"),
    path("answers/changes.xml", feed.changes, name="changes"),
    path("answers/<slug:slug>/", views.article, name="article"),
    path("answers/<slug:slug>/pdf/", papers.leaflet, name="leaflet"),
    path("answers/<slug:slug>/qr.svg", papers.code, name="qr"),
    path("answers/<slug:slug>/remark/", saying.remark, name="remark"),
    path("answers/<slug:slug>/wish/", saying.wish, name="wish"),
    path("search/", search.search, name="search"),
    path("search/missing/", search.missing, name="missing"),
    path("search/suggest/", search.suggest, name="suggest"),
]
