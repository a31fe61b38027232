"""What has changed among the answers, as an Atom feed in each language."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kb.selectors import Reader, findable_articles
from portal.core.addresses import address
from portal.core.caching import public_page
from portal.core.languages import current
from portal.core.translations import columns_of, text

MOST = 50


@require_GET
@public_page()
def changes(request: HttpRequest) -> HttpResponse:
    """The fifty answers that were published or changed last."""
    language = current()
    feed = Atom1Feed(
        title=_("Answers that are new or have changed"),
        link=f"{settings.SITE_URL}{reverse('kb:articles')}",
        description="",
        language=language,
        feed_url=f"{settings.SITE_URL}{reverse('kb:changes')}",
    )
    rows = findable_articles(Reader.RESIDENT).exclude(last_published_at=None).order_by("-last_published_at", "code")
    names = ("code", "first_published_at", "last_published_at", *columns_of(("title", "slug", "short_answer")))
    for row in rows.values(*names)[:MOST]:
        title, answer = text(row, "title", language), text(row, "short_answer", language)
        feed.add_item(
            title=str(title),
            link=f"{settings.SITE_URL}{address('kb:article', row, language)}",
            description=str(answer),
            unique_id=f"tag:{request.get_host().partition(':')[0]},2026:{row['code']}",
            pubdate=row["first_published_at"],
            updateddate=row["last_published_at"],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
