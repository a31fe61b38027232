"""The empty view: a bare Django project without apps and middleware. What every page is measured against."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], SECRET_KEY="empty", DEBUG=False)


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse("empty")


urlpatterns = [path("", empty)]

from django.core.wsgi import get_wsgi_application  # noqa: E402  (needs the settings)

application = get_wsgi_application()
