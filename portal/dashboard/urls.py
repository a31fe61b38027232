"""Addresses of the manager's page."""

from django.urls import path

from portal.dashboard import views

app_name = "dashboard"
urlpatterns = [
    path("dashboard/", views.home, name="home"),
    path("dashboard/figures.csv", views.figures, name="figures"),
]
