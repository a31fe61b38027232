"""Bringing in a spreadsheet of questions: look at every row first, then make drafts of all."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kb import importing
from kb.cms.doors import editors_only, screen, user_of


@editors_only
@require_http_methods(["GET", "POST"])
def questions(request: HttpRequest) -> HttpResponse:
    """The rows of a file with what is wrong in each; with `sure`, and nothing wrong, they become drafts."""
    rows, trouble = [], ""
    if request.method == "POST":
        file = request.FILES.get("file")
        try:
            if file is None:
                raise importing.Unreadable(_("Choose a file."))
            rows = importing.read(file.read(importing.LARGEST + 1), file.name or "")
        except importing.Unreadable as no:
            trouble = str(no)
    wrong = [row for row in rows if row.wrong]
    if rows and not wrong and "sure" in request.POST:
        count = importing.make(rows, by=user_of(request))
        said = ngettext("%(count)s draft was made.", "%(count)s drafts were made.", count) % {"count": count}
        messages.success(request, said)
        return redirect("wagtailsnippets_kb_article:list")
    context = {"rows": rows, "wrong": wrong, "trouble": trouble, "columns": importing.TEXTS}
    status = 422 if trouble or wrong else 200
    return screen(
        request, "questions.html", _("Bring in a spreadsheet of questions"), context, icon="upload", status=status
    )
