"""Addresses of what one town hands on to another."""

from django.urls import path

from portal.demo.practice import views

app_name = "practice"
urlpatterns = [path("changes/practices/<slug:code>.zip", views.practice, name="practice")]
