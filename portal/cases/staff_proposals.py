"""What the registry's case types name: terms proposed for the standards, and statuses that need plain words."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from charter.memberships import staff_only
from portal.cases import proposals, status_words
from portal.cases.models import ProposalState, TermProposal
from portal.core.languages import current, pick_field
from portal.core.models import User

PLACE = "cases:proposals"
SHOWN = 100


@staff_only(*proposals.DECIDERS)
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, what was decided, and the statuses without words."""
    return _page(request)


def _page(request: HttpRequest, *, wrong: str = "", at: int = 0, typed: str = "") -> HttpResponse:
    user, language = cast(User, request.user), current()
    rows = TermProposal.objects.select_related("by")
    context: dict[str, Any] = {
        "place": PLACE,
        "waiting": list(rows.filter(state=ProposalState.OPEN)[:SHOWN]),
        "decided": list(rows.exclude(state=ProposalState.OPEN).order_by("-decided_at")[:SHOWN]),
        "standards": [(one, pick_field(one, "name", language)) for one in proposals.standards_for(user)],
        "wordless": list(status_words.without_words()[:SHOWN]),
        "wrong": wrong,
        "at": at,
        "typed": typed,
        "done": "done" in request.GET,
    }
    return render(request, "cases/proposals.html", context, status=422 if wrong else 200)


@staff_only(*proposals.DECIDERS)
@require_POST
def decide(request: HttpRequest, proposal: int, deed: str) -> HttpResponse:
    """Take a proposal over into a standard, or dismiss it."""
    user, found = cast(User, request.user), get_object_or_404(TermProposal, pk=proposal)
    try:
        if deed == "accept":
            standard = proposals.standards_for(user).filter(code=request.POST.get("standard", "")[:40]).first()
            if standard is None:
                return _page(request, wrong=_("Choose the standard."), at=found.pk)
            proposals.accept(found, standard, by=user)
        elif deed == "dismiss":
            proposals.dismiss(found, request.POST.get("reason", ""), by=user)
        else:
            raise Http404(deed)
    except PermissionDenied as denied:
        raise Http404 from denied
    except proposals.Laxer:
        wrong = _("This would promise less than the town does, or more days than the law gives. It is not taken over.")
        return _page(request, wrong=wrong, at=found.pk)
    except proposals.HasDraft:
        wrong = _("An editor is changing this standard: publish or discard the draft first.")
        return _page(request, wrong=wrong, at=found.pk)
    except proposals.ReasonNeeded:
        return _page(request, wrong=_("Write why it is dismissed."), at=found.pk)
    except proposals.Decided:
        return _page(request, wrong=_("A colleague has decided on it meanwhile."))
    response = redirect(PLACE)
    response["Location"] += "?done"
    return response
