"""Screens of the document templates, and the documents made for a programme."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.core import audit, uploads
from portal.core.languages import LANGUAGES, OWN_NAMES
from portal.registry import access
from portal.registry.access import May
from portal.registry.forms import RegistryForm
from portal.registry.models import DocumentKind, DocumentTemplate, Post, Produced, Programme
from portal.registry.papers import actions, facts
from portal.registry.posts import posts_only, posts_that
from portal.registry.recipients.actions import OPENING
from portal.registry.refusals import Refused
from portal.registry.screens import screen

PLACE = "registry:templates"


class UploadForm(RegistryForm):
    """A template, in one language."""

    kind = forms.ChoiceField(label=gettext_lazy("Document"), choices=DocumentKind.choices)
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the document"), choices=[(code, OWN_NAMES[code]) for code in LANGUAGES]
    )
    file = forms.FileField(label=gettext_lazy("DOCX file with fields"))


@posts_that(May.COMPOSE)
@require_http_methods(["GET", "POST"])
def templates(request: HttpRequest, post: Post) -> HttpResponse:
    """The templates, and a new version of one."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.upload(data["kind"], data["language"], data["file"], by=post)
            messages.success(request, _("The template can be filled. Look at the sample, then put it to use."))
            return redirect(PLACE)
        except Refused as refused:
            form.refuse(refused)
    context = {
        "form": form,
        "templates": DocumentTemplate.objects.select_related("uploaded_by"),
        "names": facts.names(),
    }
    return screen(request, post, "registry/templates.html", context, place=PLACE)


@posts_that(May.COMPOSE)
@require_POST
def publish(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """Put a version to use."""
    try:
        actions.publish(get_object_or_404(DocumentTemplate, pk=pk), by=post)
        messages.success(request, _("The template is in use."))
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect(PLACE)


@posts_that(May.COMPOSE)
@require_GET
def sample(request: HttpRequest, post: Post, pk: int) -> Any:
    """A template filled for a made-up person."""
    template = get_object_or_404(DocumentTemplate, pk=pk)
    return uploads.hand_out_content(actions.sample(template), shown_name=f"{template}.docx")


@posts_that(May.PLAN)
@require_POST
def produce(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """Make all documents of a programme."""
    people = access.people(post).values("pk")
    found = get_object_or_404(
        Programme.objects.select_related("recipient", "case", "rule"), pk=pk, recipient__in=people
    )
    try:
        made = actions.produce(found, by=post)
        messages.success(request, _("Made: %(numbers)s.") % {"numbers": ", ".join(one.number for one in made)})
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("registry:programme", pk)


@posts_only
@require_GET
def document(request: HttpRequest, post: Post, pk: int, form: str) -> Any:
    """One document as it was made, or as PDF; who took it is on record."""
    made = get_object_or_404(Produced, pk=pk, recipient__in=access.people(post).values("pk"))
    audit.record_once("registry.document_opened", made, by=post.user, within=OPENING)
    if form == "docx":
        return uploads.hand_out(made.kept_name, shown_name=f"{made.number}.docx")
    try:
        return uploads.hand_out_content(actions.as_pdf(made.kept_name), shown_name=f"{made.number}.pdf")
    except actions.NoConverter:
        messages.error(request, _("PDF cannot be made on this server: LibreOffice is not installed. Take the DOCX."))
        return redirect("registry:programme", made.programme_id)
