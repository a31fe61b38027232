"""What managers keep for themselves: saved views and the wish for a letter."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from charter.memberships import Reach, staff_only
from portal.core.models import User
from portal.dashboard import letters, saved, views
from portal.dashboard.models import ReportWish, Rhythm


@staff_only(*views.ROLES)
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the address one looks at under a name."""
    reach = cast(Reach, request.reach)  # type: ignore[attr-defined]
    said = request.POST
    try:
        saved.save(
            cast(User, request.user),
            reach,
            name=said.get("name", ""),
            sheet=said.get("sheet", ""),
            filters={name: said.get(name, "") for name in saved.FILTERS},
            is_shared="shared" in said,
        )
    except saved.Unfit as no:
        wrong = {"many": _("You have 30 views. Take one away first.")}
        messages.error(request, wrong.get(str(no), _("Give the view a name.")))
    else:
        messages.success(request, _("The view is saved."))
    return _back(request)


@staff_only(*views.ROLES)
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away a view of one's own; a colleague's is not there."""
    if not saved.drop(cast(User, request.user), pk):
        raise Http404(pk)
    messages.success(request, _("The view is taken away."))
    return _back(request)


@staff_only(*views.ROLES)
@require_POST
def wish(request: HttpRequest) -> HttpResponse:
    """Letters with the figures: how often, or no more."""
    user, rhythm = cast(User, request.user), request.POST.get("rhythm", "")
    found = ReportWish.objects.filter(user=user).first()
    if rhythm in Rhythm.values and not user.email:
        messages.error(request, _("We have no e-mail address of yours. Ask the administrator to add it."))
    elif rhythm in Rhythm.values:
        letters.wish(user, rhythm)
        messages.success(request, _("The figures will come by e-mail."))
    elif found is not None:
        letters.drop(found, by=user)
        messages.success(request, _("No more letters will come."))
    return _back(request)


@csrf_exempt  # the link is the whole right: mail programs press the button for their reader, without our cookies
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """By the link in a letter. Looking stops nothing: programs look at the links of letters."""
    if request.method == "POST":
        letters.drop_by(token)
    return render(request, "dashboard/no_report.html", {"is_done": request.method == "POST"})


def _back(request: HttpRequest) -> HttpResponse:
    """To the page the form stood on."""
    asked = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(asked if asked and is_ours else "dashboard:home")
