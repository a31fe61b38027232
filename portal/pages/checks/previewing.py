"""A version in whatever state, as residents will meet it – for those who write and check it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from charter.memberships import staff_only
from charter.models import Role
from portal.core.origin import same_site_only
from portal.instruments import carrying, selectors
from portal.instruments.carrying import Carried
from portal.instruments.reading import Unsound
from portal.pages.checks import views

WRITERS = (Role.EDITOR, Role.TRANSLATOR, Role.ADMINISTRATOR)


@same_site_only
@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(*WRITERS)
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole way of a resident through one version."""
    try:
        sheet = selectors.any_version(pk)
    except Unsound as trouble:
        return render(request, "pages/checks/unsound.html", {"mistakes": trouble.mistakes})
    if sheet is None:
        raise Http404(str(pk))
    if request.method != "POST":
        return views.start(request, sheet)
    carried = carrying.read(request.POST.get("carry", "")) or Carried(pk)
    return views.answer(request, sheet, carried if carried.version == pk else Carried(pk))
