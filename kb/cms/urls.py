"""Addresses of the editors' screens, under the CMS's own."""

from django.urls import path

from kb.cms import articles, faces, gaps, remarks, reviews, translating

app_name = "knowledge"
urlpatterns = [
    path("gaps/", gaps.listed, name="gaps"),
    path("gaps/<int:pk>/", gaps.one, name="gap"),
    path("gaps/<int:pk>/<slug:deed>/", gaps.act, name="gap_act"),
    path("new/", articles.new, name="new"),
    path("near/", articles.near, name="near"),
    path("articles/<int:pk>/", articles.record, name="article"),
    path("articles/<int:pk>/move/", articles.move, name="article_move"),
    path("articles/<int:pk>/checked/", articles.check, name="article_check"),
    path("articles/<int:pk>/merge/", articles.merge, name="article_merge"),
    path("articles/<int:pk>/preview/<slug:language>/<slug:face>/", faces.show, name="article_face"),
    path("translations/", translating.listed, name="translations"),
    path("translations/file/<slug:language>/out/", translating.take_out, name="take_out"),
    path("translations/file/<slug:language>/in/", translating.bring_in, name="bring_in"),
    path("translations/<str:kind>/<int:pk>/<slug:language>/", translating.one, name="translation"),
    path("reviews/", reviews.listed, name="reviews"),
    path("reviews/<int:pk>/done/", reviews.done, name="review_done"),
    path("links/", reviews.broken_links, name="links"),
    path("remarks/", remarks.listed, name="remarks"),
    path("remarks/<int:pk>/", remarks.one, name="remark"),
]
