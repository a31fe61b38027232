"""Addresses of the charter."""

from django.urls import path

from charter import views

app_name = "charter"
urlpatterns = [
    path("promises/", views.charter, name="charter"),
    path("promises/results/", views.performance, name="performance"),
    path("promises/results.csv", views.results_csv, name="results_csv"),
    path("promises/results.json", views.results_json, name="results_json"),
]
