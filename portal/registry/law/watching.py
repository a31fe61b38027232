"""The officer's screens: who opened whose record, what is odd, the reasons offered, the record of processing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.core import audit
from portal.core.retention import rows
from portal.core.text_keys import name_key
from portal.registry.access import RIGHTS, May
from portal.registry.forms import RegistryForm
from portal.registry.law import consents, graph, keeping, looks, reasons
from portal.registry.law.forms import NewReasonForm
from portal.registry.models import Look, OpeningReason, Post, PostRole, Recipient
from portal.registry.posts import posts_that
from portal.registry.refusals import Refused
from portal.registry.screens import screen

PLACE = "registry:looks"
PAGE = 50
ODD = {
    "": (_("All"), Q()),
    "odd": (_("Odd in any way"), looks.ODD),
    "many": (_("Many records within an hour"), Q(is_many=True)),
    "night": (_("Outside the hours of work"), Q(is_night=True)),
    "own": (_("Their own family name"), Q(is_own=True)),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the log is narrowed to. The person is named in the body of a POST, everything else in the address."""

    odd: str = ""
    user: str = ""
    page: str = "1"

    @classmethod
    def of(cls, query: QueryDict) -> Filters:
        odd = query.get("odd", "")
        user = query.get("user", "")
        return cls(odd if odd in ODD else "", user if user.isdecimal() else "", query.get("page", "1"))

    def narrowed(self, found: QuerySet[Look]) -> QuerySet[Look]:
        found = found.filter(ODD[self.odd][1])
        return found.filter(user_id=int(self.user)) if self.user else found

    def address(self, page: int) -> str:
        return "?" + urlencode({"odd": self.odd, "user": self.user, "page": page})


@posts_that(May.WATCH)
@require_http_methods(["GET", "POST"])
def log(request: HttpRequest, post: Post) -> HttpResponse:
    """Who opened whose record, within reach; looking here goes on record too."""
    return _log(request, post)


def _log(request: HttpRequest, post: Post, form: RegistryForm | None = None) -> HttpResponse:
    filters = Filters.of(request.GET)
    found = filters.narrowed(looks.within(post))
    words = request.POST.get("person", "").strip()[:120] if form is None else ""
    for part in name_key(words).split():
        found = found.filter(recipient__name_key__contains=part)
    audit.record("registry.log_opened", post, by=post.user)
    page = Paginator(found, PAGE).get_page(filters.page)
    context = {
        "page": page,
        "filters": filters,
        "words": words,
        "odds": [(code, label) for code, (label, _about) in ODD.items()],
        "users": [(one.user_id, str(one.user)) for one in _colleagues(post)],
        "most": looks.oddest(post),
        "pages": [(number, filters.address(number)) for number in page.paginator.page_range][:40],
        "reasons": reasons.everything(),
        "form": form or NewReasonForm(),
        "hours": settings.LOOKS_HOURS,
    }
    return screen(request, post, "registry/looks.html", context, place=PLACE)


@posts_that(May.WATCH)
@require_POST
def add_reason(request: HttpRequest, post: Post) -> HttpResponse:
    """One more reason for opening a record."""
    form = NewReasonForm(request.POST)
    if form.is_valid():
        try:
            reasons.add(form.names, needs_words=form.cleaned_data["needs_words"], by=post)
            return redirect(PLACE)
        except Refused as refused:
            form.refuse(refused)
    return _log(request, post, form)


@posts_that(May.WATCH)
@require_POST
def turn_reason(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """Offer a reason no longer, or again."""
    reasons.turn(get_object_or_404(OpeningReason, pk=pk), by=post)
    return redirect(PLACE)


@posts_that(May.WATCH)
@require_GET
def processing(request: HttpRequest, post: Post) -> HttpResponse:
    """The record of processing (Article 30), made of the code and the settings as they are today."""
    context = {
        "tables": _tables(),
        "years": settings.KEEP_YEARS,
        "profile": settings.LAW_PROFILE,
        "asks_consent": consents.is_asked(),
        "roles": [(role.label, [what.label for what in May if what in RIGHTS[role]]) for role in PostRole],
    }
    return screen(request, post, "registry/processing.html", context, place="registry:processing")


def _colleagues(post: Post) -> list[Post]:
    found = Post.objects.select_related("user").order_by("user__display_name")
    return list(found.filter(department__in=("", post.department)) if post.department else found)


def _tables() -> list[tuple[str, Any, Any, list[str]]]:
    """Every table about people: its name, basis, why it is kept, and which of its columns lie encrypted."""
    hanging, found = {Recipient, *(table.model for table in graph.tables())}, []
    for label, row in sorted(rows().items()):
        if label.startswith("registry."):
            model = apps.get_model(label)
            why = keeping.rule_of(model).group.value if model in hanging else ""
            sealed = [f.name.removesuffix("_encrypted") for f in model._meta.fields if f.name.endswith("_encrypted")]
            found.append((str(model._meta.verbose_name_plural), row.basis, why, sealed))
    return found
