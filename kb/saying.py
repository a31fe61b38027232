"""What readers say about an answer: a remark on a passage, a wish for another language. No cookie, no token."""

from __future__ import annotations

import re
import uuid
from html import unescape

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kb import remarks, selectors
from kb.models import Article
from kb.translating import wishes
from portal.core import clock
from portal.core.crypto import keyed
from portal.core.errors import too_many
from portal.core.languages import current
from portal.core.origin import same_site_only
from portal.core.throttling import Limit, TooMany, network

REMARKS = Limit("remarks", times=20, seconds=60 * 60)
WISHES = Limit("wishes", times=30, seconds=60 * 60)
_BLOCKS = re.compile(r"<(p|li|h2|h3|td)\b[^>]*>(.*?)</\1>", re.DOTALL)
LONGEST_CHOICE = 300


def _named(slug: str) -> tuple[selectors.ArticlePage, str]:
    found = selectors.article_named(slug, current())
    if found is None:
        raise Http404(slug)
    return found, found.url(current())


def _key(request: HttpRequest, purpose: str, *facts: object) -> uuid.UUID:
    """The same words from the same place on one day are the same form; the key leads back to nobody."""
    device = request.headers.get("User-Agent", "")
    said = "|".join(map(str, (network(request), device, clock.today(), current(), *facts)))
    return uuid.UUID(keyed(purpose, said)[:32])


def passages(found: selectors.ArticlePage) -> list[str]:
    """The answer in pieces one can point at: paragraphs, steps, headings."""
    pieces = [str(found.short_answer), *(text for _tag, text in _BLOCKS.findall(str(found.body)))]
    cleaned = (" ".join(unescape(strip_tags(piece)).split())[:LONGEST_CHOICE] for piece in pieces)
    return list(dict.fromkeys(piece for piece in cleaned if piece))


@same_site_only
@require_http_methods(["GET", "HEAD", "POST"])
def remark(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Which passage, what is wrong, and – without duty – where to answer."""
    found, back = _named(slug)
    wrong: dict[str, str] = {}
    if request.method == "POST":
        text, contact = request.POST.get("text", "").strip(), request.POST.get("contact", "").strip()
        if not text:
            wrong["text"] = _("Write what is wrong.")
        if contact and not wishes.ADDRESS.fullmatch(contact):
            wrong["contact"] = _("Write an e-mail address like name@example.org, or leave it empty.")
        if not wrong:
            return _keep(request, found, text=text, contact=contact)
    context = {
        "article": found,
        "back": back,
        "passages": passages(found),
        "wrong": wrong,
        "typed": request.POST,
        "longest": remarks.LONGEST,
    }
    return render(request, "kb/remark.html", context, status=422 if wrong else 200)


def _keep(request: HttpRequest, found: selectors.ArticlePage, *, text: str, contact: str) -> HttpResponse:
    try:
        REMARKS.check(network(request))
    except TooMany as trouble:
        return too_many(request, trouble)
    passage = request.POST.get("passage", "")[:600]
    article = Article.objects.get(pk=found.id)
    key = _key(request, "remark", found.code, passage, text)
    remarks.give(article, language=current(), passage=passage, text=text, key=key, contact=contact)
    return render(request, "kb/said.html", {"article": found, "back": found.url(current()), "contact": contact})


@same_site_only
@require_http_methods(["GET", "HEAD", "POST"])
def wish(request: HttpRequest, slug: str) -> HttpResponseBase:
    """ "Tell me when it is translated": counts in the translators' queue."""
    found, back = _named(slug)
    if request.method != "POST":
        return redirect(back)
    contact = request.POST.get("contact", "").strip()
    is_wrong = bool(contact) and not wishes.ADDRESS.fullmatch(contact)
    try:
        WISHES.check(network(request))
    except TooMany as trouble:
        return too_many(request, trouble)
    if not is_wrong:
        key = _key(request, "wish", found.code)
        wishes.ask(Article.objects.get(pk=found.id), current(), key=key, contact=contact)
    context = {
        "article": found,
        "slug": slug,
        "back": back,
        "contact": contact,
        "wrong": is_wrong,
        "is_wish": True,
    }
    return render(request, "kb/said.html", context, status=422 if is_wrong else 200)
