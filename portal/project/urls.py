"""All addresses. Everything a person reads has its language first; machines' doors have none."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from portal.core import entrance, health
from portal.pages import sitemaps
from portal.project.script_words import script_words

handler400 = "portal.core.errors.bad_request"
handler404 = "portal.core.errors.not_found"
handler403 = "portal.core.errors.forbidden"
handler500 = "portal.core.errors.broken"

urlpatterns = [
    path("", entrance.enter, name="enter"),
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("sitemap.xml", sitemaps.xml, name="sitemap"),
    path("api/", include("portal.api.urls")),
    path("cms/jsi18n/", script_words),  # before Wagtail's own, which knows only Wagtail's catalogue
    path("cti/", include("chat.cti_urls")),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("account/", include("allauth.urls")),
    *i18n_patterns(
        path("", include("portal.core.urls")),
        path("", include("portal.pages.urls")),
        path("", include("portal.api.page_urls")),
        path("", include("portal.registry.urls")),
        path("", include("portal.cases.urls")),
        path("", include("charter.urls")),
        path("", include("charter.feedback.urls")),
        path("", include("portal.demo.urls")),
        path("", include("kb.urls")),
        path("", include("portal.dashboard.urls")),
        path("", include("chat.urls")),
        path("desk/", include("chat.desk.urls")),
        path("tree/", include(wagtail_urls)),  # the editors' tree; each page leads to its own address from there
        prefix_default_language=True,
    ),
]
