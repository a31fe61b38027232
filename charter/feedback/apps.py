"""App of feedback."""

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "charter.feedback"
    label = "feedback"
