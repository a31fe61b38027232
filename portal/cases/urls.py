"""Addresses of "my case" and of what staff look after."""

from django.urls import path

from portal.cases import adding, staff, staff_looks, staff_proposals, views, visit_views
from portal.cases.requests import views as requests
from portal.cases.signin import views as signin

app_name = "cases"
urlpatterns = [
    path("case/", views.start, name="start"),
    path("case/ask/", requests.ask, name="ask"),
    path("case/mine/", views.case, name="case"),
    path("case/mine/answer/", views.answer, name="answer"),
    path("case/mine/documents/<path:document>/", views.document, name="document"),
    path("case/mine/withdraw/", views.withdraw, name="withdraw"),
    path("case/mine/write/", adding.write, name="write"),
    path("case/mine/news/", adding.wish_news, name="news"),
    path("case/mine/visits/<str:visit>/done/", visit_views.confirm, name="confirm_visit"),
    path("case/mine/visits/<str:visit>/not-done/", visit_views.complain, name="complain_of_visit"),
    path("case/mine/helpers/", adding.helpers, name="helpers"),
    path("case/mine/helpers/<str:public_id>/end/", adding.end_help, name="end_help"),
    path("case/sign-in/", signin.start, name="sign_in"),
    path("case/signed-in/", signin.back, name="signed_in"),
    path("case/signed-out/", signin.signed_out, name="signed_out"),
    path("case/sign-out/", signin.sign_out, name="sign_out"),
    path("case/all/", signin.all_cases, name="all"),
    path("case/all/<str:public_id>/", signin.open_one, name="open_one"),
    path("case/no-news/<str:token>/", views.no_news, name="no_news"),
    path("case/finish/", views.finish, name="finish"),
    path("case/open/", staff.open_case, name="open"),
    path("case/open/<str:public_id>/", staff.opened, name="opened"),
    path("case/open/<str:public_id>/<slug:deed>/", staff.act, name="act"),
    path("case/looks/", staff_looks.listed, name="looks"),
    path("case/looks/<int:look>/", staff_looks.one, name="look"),
    path("case/terms/", staff_proposals.listed, name="proposals"),
    path("case/terms/<int:proposal>/<slug:deed>/", staff_proposals.decide, name="proposal"),
    path("case/undelivered/", staff.undelivered, name="undelivered"),
    path("case/undelivered/<int:item>/send/", staff.send_again, name="send_again"),
]
