"""Addresses of the manager's page."""

from django.urls import path

from portal.dashboard import own_views, paper_views, promise_views, sheet_views, views

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
    path("dashboard/sheets/<slug:code>/report.pdf", paper_views.one, name="sheet_paper"),
    path("dashboard/report.pdf", paper_views.all_of_them, name="paper"),
    path("dashboard/views/", own_views.save, name="save_view"),
    path("dashboard/views/<int:pk>/drop/", own_views.drop, name="drop_view"),
    path("dashboard/report/", own_views.wish, name="wish"),
    path("dashboard/report/stop/<str:token>/", own_views.stop, name="no_report"),
]
