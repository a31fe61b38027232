"""Pages put together from several packages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.core.caching import public_page


@public_page()
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/home.html")
