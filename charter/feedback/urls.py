"""Addresses of what residents say."""

from django.urls import path

from charter.feedback import ratings, views

app_name = "feedback"
urlpatterns = [
    path("feedback/rate/<slug:kind>/<slug:code>/", ratings.rate, name="rate"),
    path("feedback/useful/", views.vote, name="vote"),
    path("feedback/thanks/", views.thanks, name="thanks"),
]
