"""Notices of the telephone exchange."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from chat import cti
from chat.actions import calls


@csrf_exempt  # the signature says who speaks; no browser does
@require_POST
def calls_view(request: HttpRequest) -> HttpResponse:
    """202 once it is stored; the same notice again is `duplicate`. Nothing of a caller goes back."""
    if int(request.headers.get("Content-Length") or 0) > cti.BIGGEST:
        return JsonResponse({"code": "too_long"}, status=413)
    try:
        cti.check(request.body, request.headers.get("Parama-Signature", ""))
        notice = cti.read(request.body)
    except cti.Forged:
        return JsonResponse({"code": "signature"}, status=401)
    except cti.Unreadable as wrong:
        return JsonResponse({"code": str(wrong)}, status=400)
    return JsonResponse({"duplicate": not calls.take(notice)}, status=202)
