"""The address the telephone exchange speaks to; it has no language."""

from django.urls import path

from chat.views import cti

app_name = "cti"
urlpatterns = [path("calls", cti.calls_view, name="calls")]
