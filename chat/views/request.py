"""A request that was registered in the conversation: its receipt, and the way to "my case" – for who holds both."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from chat.models import Consultation
from chat.views.doors import holders_only, not_here
from portal.cases import access as cases
from portal.cases.people import receipt_of


@require_http_methods(["GET", "HEAD", "POST"])
@holders_only
def request_receipt(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """GET shows the receipts, POST opens the case named by its reference in this browser."""
    links = cases.from_consultation(consultation.reference)
    if request.method == "POST":
        link = links.filter(reference=request.POST.get("reference", "")).first()
        if link is None:
            return not_here(request)
        return cases.GRANT.give(HttpResponseRedirect(reverse("cases:case")), link.public_id)
    found = [receipt for link in links if (receipt := receipt_of(link)) is not None]
    if not found:
        return not_here(request)
    return render(request, "chat/request.html", {"consultation": consultation, "receipts": found})
