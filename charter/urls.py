"""Addresses of the charter."""

from django.urls import path

from charter import feed, version_views, views

app_name = "charter"
urlpatterns = [
    path("promises/", views.charter, name="charter"),
    path("promises/results/", views.performance, name="performance"),
    path("promises/results.csv", views.results_csv, name="results_csv"),
    path("promises/results.xml", feed.results, name="results_feed"),
    path("promises/results.json", views.results_json, name="results_json"),
    path("promises/leaflet.pdf", version_views.leaflet, name="leaflet"),
    path("promises/posters/<slug:code>.pdf", version_views.poster, name="poster"),
    path("promises/versions/<slug:code>/", version_views.version, name="version"),
    path("promises/versions/<slug:code>/changes/", version_views.changes, name="changes"),
]
