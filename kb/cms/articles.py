"""An article's record: where it stands, its three faces, who uses it, what it may be merged into; new questions."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kb import merging, states, uses
from kb.cms.doors import editors_only, screen, user_of, writers_only
from kb.duplicates import alike
from kb.models import Article, ArticleState, Review
from kb.translating.queue import LABELS
from portal.core.languages import DEFAULT, LANGUAGES, OWN_NAMES, column, pick_field


@writers_only
@require_GET
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one article beside its text."""
    article: Article = get_object_or_404(Article.objects.select_related("owner", "office", "merged_into"), pk=pk)
    kind = Article._meta.label_lower
    context = {
        "article": article,
        "state": article.state.label,
        "moves": [(to, _word(article, to)) for to in states.moves_for(article, user_of(request))],
        "can_check": article.live,
        "languages": [(code, OWN_NAMES[code], LABELS[article.translation_state(code)]) for code in LANGUAGES],
        "reviews": Review.objects.filter(kind=kind, entry=pk, done_at__isnull=True),
        "uses": uses.of_entry("article", article.code),
        "near": alike(pick_field(article, "title", DEFAULT).text, DEFAULT, besides=article.code),
        "others": Article.objects.filter(live=True).exclude(pk=pk).order_by("code"),
        "addresses": article.moved_addresses.order_by("slug"),
        "remarks": article.remarks.order_by("-at")[:20],
        "faces": [(code, OWN_NAMES[code]) for code in article.shown_languages()],
    }
    return screen(request, "article.html", str(article), context)


def _word(article: Article, to: ArticleState) -> str:
    if to == ArticleState.PUBLISHED and article.state == ArticleState.OUTDATED:
        return _("Checked: it is true")
    words = {
        ArticleState.DRAFT: _("Back to the draft"),
        ArticleState.IN_REVIEW: _("Send to review"),
        ArticleState.PUBLISHED: _("Publish"),
        ArticleState.OUTDATED: _("Mark as outdated"),
        ArticleState.ARCHIVED: _("Archive"),
    }
    return words[to]


@writers_only
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """One step on its way."""
    article = get_object_or_404(Article, pk=pk)
    try:
        states.move(article, ArticleState(request.POST.get("to", "")), by=user_of(request))
    except (states.NoSuchMove, states.NotAllowed, ValueError) as no:
        is_unready = isinstance(no, states.NotReady)
        said = _("It has no question, address word or short answer yet.") if is_unready else _("This cannot be done.")
        messages.error(request, said)
    else:
        messages.success(request, _("Done: %(state)s.") % {"state": article.state.label})
    return redirect("knowledge:article", pk)


@editors_only
@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """ "I have checked it: it is true today." """
    article = get_object_or_404(Article, pk=pk, live=True)
    states.check(article, by=user_of(request))
    messages.success(request, _("Noted: checked today."))
    return redirect("knowledge:article", pk)


@editors_only
@require_POST
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Into another article, which takes over its addresses."""
    article = get_object_or_404(Article, pk=pk)
    typed = request.POST.get("into", "")
    into = Article.objects.filter(pk=int(typed) if typed.isascii() and typed.isdigit() else 0).first()
    try:
        if into is None:
            raise merging.CannotMerge
        merging.merge(article, into=into, by=user_of(request))
    except merging.CannotMerge:
        messages.error(request, _("Choose a published article to merge it into."))
        return redirect("knowledge:article", pk)
    messages.success(request, _("Merged. Whoever comes by its old addresses is led here."))
    return redirect("knowledge:article", into.pk)


@editors_only
@require_GET
def near(request: HttpRequest) -> JsonResponse:
    """Answers that nearly say the same, while somebody is typing a question."""
    language = request.GET.get("language", DEFAULT)
    language = language if language in LANGUAGES else DEFAULT
    found = alike(request.GET.get("q", "")[:200], language, besides=request.GET.get("besides", ""))
    return JsonResponse(
        {
            "title": _("There are answers that come near. Improve one of them instead of writing a second one."),
            "answers": [
                {"code": one.code, "title": one.title.text, "language": one.title.language, "state": one.state}
                | {"url": one.url}
                for one in found
            ],
        }
    )


@editors_only
@require_GET
def new(request: HttpRequest) -> HttpResponse:
    """Search before you write: the question first, what comes near to it next, a new article last."""
    question, language = request.GET.get("q", "").strip()[:200], request.GET.get("language", DEFAULT)
    language = language if language in LANGUAGES else DEFAULT
    context = {
        "question": question,
        "language": language,
        "languages": [(code, OWN_NAMES[code]) for code in LANGUAGES],
        "near": alike(question, language),
        "column": column("title", language),
    }
    return screen(request, "new.html", _("A new question"), context, icon="plus")
