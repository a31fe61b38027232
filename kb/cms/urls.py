"""Addresses of the editors' screens, under the CMS's own."""

from django.urls import path

from kb.cms import (
    articles,
    faces,
    gaps,
    importing,
    remarks,
    reviews,
    search_index,
    search_words,
    translating,
    using,
)

app_name = "knowledge"
urlpatterns = [
    path("gaps/", gaps.listed, name="gaps"),
    path("gaps/<int:pk>/", gaps.one, name="gap"),
    path("gaps/<int:pk>/<slug:deed>/", gaps.act, name="gap_act"),
    path("uses/", using.where, name="uses"),
    path("new/", articles.new, name="new"),
    path("near/", articles.near, name="near"),
    path("questions/", importing.questions, name="questions"),
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
    path("search-words/", search_words.listed, name="search_words"),
    path("search-words/group/", search_words.group, name="search_group"),
    path("search-words/group/<int:pk>/", search_words.group, name="search_group"),
    path("search-words/group/<int:pk>/drop/", search_words.drop_group, name="search_group_drop"),
    path("search-words/crisis/", search_words.crisis, name="search_crisis"),
    path("search-words/pins/", search_words.pin, name="search_pin"),
    path("search-words/pins/<int:pk>/drop/", search_words.drop_pin, name="search_pin_drop"),
    path("search-words/changes/<int:pk>/take-back/", search_words.take_back, name="search_take_back"),
    path("search-index/", search_index.index, name="search_index"),
    path("search-index/rebuild/", search_index.rebuild, name="search_rebuild"),
]
