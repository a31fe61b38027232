"""The gap board: the list, one gap, and what may be done about it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from charter.feedback.improvements import sparks
from charter.feedback.improvements.staff import LEADERS
from charter.memberships import reach_of
from charter.models import Role
from kb.cms.doors import editors_only, screen, user_of
from kb.duplicates import alike
from kb.gaps import actions, board, signs
from kb.models import Article, Gap, SignKind
from portal.core.languages import LANGUAGES, OWN_NAMES
from portal.core.models import User

GROUPS = [
    ("open", gettext_lazy("To do")),
    ("closed", gettext_lazy("Closed: did it help?")),
    ("dismissed", gettext_lazy("Dismissed")),
]


@editors_only
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """What people miss most, from searches, votes, the desk and conversations."""
    signs.gather()
    group = request.GET.get("group", "open")
    language, kind = request.GET.get("language", ""), request.GET.get("kind", "")
    found = board.gaps(group, language=language, kind=kind)
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    counts = board.counts()
    context = {
        "group": group,
        "groups": [(name, label, counts[name]) for name, label in GROUPS],
        "language": language,
        "languages": [(code, OWN_NAMES[code]) for code in LANGUAGES],
        "kind": kind,
        "kinds": [(value, label) for value, label in SignKind.choices if value != SignKind.FOUND],
        "page": page,
        "rows": board.rows(page.object_list),
    }
    return screen(request, "gaps.html", _("What people do not find"), context, icon="search")


@editors_only
@require_GET
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One gap: in what words, how often, what was tried, what may be done."""
    return _one(request, get_object_or_404(Gap, pk=pk))


def _one(request: HttpRequest, gap: Gap, *, status: int = 200) -> HttpResponse:
    words = board.said(gap)
    context = {
        "gap": gap,
        "row": board.rows([gap])[0],
        "words": words,
        "notes": board.notes(gap),
        "near": alike(gap.words, gap.language),
        "articles": Article.objects.exclude(stage="archived").order_by("code"),
        "begun": sparks.begun_from(gap=gap.pk),
        "may_begin": bool(reach_of(user_of(request), *LEADERS)),
        "editors": User.objects.filter(memberships__role=Role.EDITOR, is_active=True).distinct(),
        "by_language": [
            (code, OWN_NAMES[code], ", ".join(text for at, text, _times in words[:6] if at == code))
            for code in LANGUAGES
        ],
    }
    return screen(request, "gap.html", gap.words or _("A gap without words"), context, icon="search", status=status)


@editors_only
@require_POST
def act(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """Do one thing about a gap."""
    gap = get_object_or_404(Gap, pk=pk)
    do = DEEDS.get(deed)
    if do is None:
        raise Http404(deed)
    return do(request, gap)


def _assign(request: HttpRequest, gap: Gap) -> HttpResponse:
    to = User.objects.filter(pk=_number(request.POST.get("to"))).first()
    actions.assign(gap, to=to, by=user_of(request))
    return _back(request, gap, _("Given to %(name)s.") % {"name": to} if to else _("Nobody works on it now."))


def _write(request: HttpRequest, gap: Gap) -> HttpResponse:
    article = actions.write(gap, by=user_of(request))
    messages.success(request, _("A draft with this question was made. When it is published, the gap closes."))
    return redirect("wagtailsnippets_kb_article:edit", article.pk)


def _words(request: HttpRequest, gap: Gap) -> HttpResponse:
    article = Article.objects.filter(pk=_number(request.POST.get("article"))).first()
    if article is None:
        return _wrong(request, gap, _("Choose the answer that people should find."))
    do, said = (
        (actions.pin, _("The answer stands first for these words now."))
        if "pin" in request.POST
        else (actions.add_words, _("The words were added. The answer is found by them now."))
    )
    try:
        do(gap, article, by=user_of(request))
    except actions.NothingToAdd:
        return _wrong(request, gap, _("No words are kept any more that could be used."))
    return _back(request, gap, said)


def _synonym(request: HttpRequest, gap: Gap) -> HttpResponse:
    terms = {code: request.POST.get(f"terms_{code}", "").split(",") for code in LANGUAGES}
    try:
        actions.join_words(gap, terms, by=user_of(request))
    except actions.NothingToAdd:
        return _wrong(request, gap, _("Write at least two words that mean the same."))
    return _back(request, gap, _("The words mean the same from now on."))


def _dismiss(request: HttpRequest, gap: Gap) -> HttpResponse:
    reason = request.POST.get("reason", "").strip()
    if not reason:
        return _wrong(request, gap, _("Write why nothing is done about it."))
    actions.dismiss(gap, reason=reason, by=user_of(request))
    return _back(request, gap, _("Dismissed."))


def _reopen(request: HttpRequest, gap: Gap) -> HttpResponse:
    actions.reopen(gap, by=user_of(request))
    return _back(request, gap, _("It stands on the list again."))


def _back(request: HttpRequest, gap: Gap, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("knowledge:gap", gap.pk)


def _wrong(request: HttpRequest, gap: Gap, said: str) -> HttpResponse:
    messages.error(request, said)
    return _one(request, gap, status=422)


def _number(typed: str | None) -> int:
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 12 else 0


DEEDS: dict[str, Callable[[HttpRequest, Gap], HttpResponse]] = {
    "assign": _assign,
    "write": _write,
    "words": _words,
    "synonym": _synonym,
    "dismiss": _dismiss,
    "reopen": _reopen,
}
