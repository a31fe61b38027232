"""Addresses of the manager's page."""

from django.urls import path

from portal.dashboard import promise_views, sheet_views, views

app_name = "dashboard"
urlpatterns = [
    path("dashboard/", views.home, name="home"),
    path("dashboard/figures.csv", views.figures, name="figures"),
    path("dashboard/figures.xlsx", views.workbook, name="workbook"),
    path("dashboard/promises/", promise_views.listed, name="promises"),
    path("dashboard/promises/<slug:code>/", promise_views.one, name="promise"),
    path("dashboard/promises/measurements/<int:pk>/", promise_views.measurement, name="measurement"),
    path("dashboard/promises/figures/<int:pk>/", promise_views.decide, name="decide"),
    path("dashboard/sheets/<slug:code>/", sheet_views.page, name="sheet"),
    path("dashboard/sheets/<slug:code>/figures.<slug:form>", sheet_views.file, name="sheet_file"),
]
