"""Addresses of what residents say."""

from django.urls import path

from charter.feedback import views

app_name = "feedback"
urlpatterns = [
    path("feedback/useful/", views.vote, name="vote"),
    path("feedback/thanks/", views.thanks, name="thanks"),
]
