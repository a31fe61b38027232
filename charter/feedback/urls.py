"""Addresses of what residents say."""

from django.urls import path

from charter.feedback import entering, ratings, views
from charter.feedback.appeals import staff
from charter.feedback.appeals import views as appeals
from charter.feedback.improvements import staff as board
from charter.feedback.improvements import views as improvements
from charter.feedback.kiosk import paper
from charter.feedback.kiosk import staff as tablets
from charter.feedback.kiosk import views as kiosk
from charter.feedback.surveys import asking, reporting
from charter.feedback.surveys import staff as building
from charter.feedback.surveys import views as surveys

app_name = "feedback"
urlpatterns = [
    path("feedback/rate/<slug:kind>/<slug:code>/", ratings.rate, name="rate"),
    path("feedback/staff/", entering.enter, name="ratings"),
    path("feedback/staff/tablets/", tablets.listed, name="kiosks"),
    path("feedback/staff/tablets/<int:pk>/code/", tablets.renew, name="kiosk_renew"),
    path("feedback/staff/tablets/<int:pk>/withdraw/", tablets.withdraw, name="kiosk_withdraw"),
    path("feedback/forms/<slug:code>.pdf", paper.form, name="paper_form"),
    path("kiosk/", kiosk.kiosk, name="kiosk"),
    path("kiosk/open/", kiosk.open_, name="kiosk_open"),
    path("kiosk/thanks/", kiosk.thanks, name="kiosk_thanks"),
    path("kiosk/answers/", kiosk.answers, name="kiosk_answers"),
    path("kiosk/worker.js", kiosk.worker, name="kiosk_worker"),
    path("feedback/useful/", views.vote, name="vote"),
    path("feedback/thanks/", views.thanks, name="thanks"),
    path("changes/", improvements.changes, name="changes"),
    path("changes/staff/", board.board, name="board"),
    path("changes/staff/begin/", board.begin, name="improvement_begin"),
    path("changes/staff/idea/", board.idea, name="idea"),
    path("changes/staff/ideas/<int:pk>/", board.answer, name="idea_answer"),
    path("changes/staff/<int:pk>/move/", board.move, name="improvement_move"),
    path("changes/staff/<int:pk>/held/", board.look_again, name="improvement_held"),
    path("changes/<slug:slug>/", improvements.improvement, name="improvement"),
    path("surveys/", surveys.listed, name="surveys_open"),
    path("surveys/letter/", surveys.letter, name="survey_letter"),
    path("surveys/invited/<slug:code>/", surveys.invited, name="survey_invited"),
    path("surveys/staff/", building.listed, name="surveys"),
    path("surveys/staff/begin/", building.begin, name="survey_begin"),
    path("surveys/staff/<slug:public_id>/", building.one, name="survey_one"),
    path("surveys/staff/<slug:public_id>/frame/", building.frame, name="survey_frame"),
    path("surveys/staff/<slug:public_id>/preview/", building.preview, name="survey_preview"),
    path("surveys/staff/<slug:public_id>/sections/<slug:code>/", building.section, name="survey_section"),
    path("surveys/staff/<slug:public_id>/questions/<slug:code>/", building.question, name="survey_question"),
    path("surveys/staff/<slug:public_id>/invitations/", asking.invitations, name="survey_invitations"),
    path("surveys/staff/<slug:public_id>/enter/", asking.enter, name="survey_enter"),
    path("surveys/staff/<slug:public_id>/results/", reporting.page, name="survey_results"),
    path("surveys/staff/<slug:public_id>/results.csv", reporting.table, name="survey_csv"),
    path("surveys/staff/<slug:public_id>/results.xlsx", reporting.workbook, name="survey_xlsx"),
    path("surveys/staff/<slug:public_id>/report.pdf", reporting.report, name="survey_report"),
    path("surveys/staff/<slug:public_id>/do/<slug:deed>/", building.act, name="survey_act"),
    path("surveys/<slug:public_id>/", surveys.answer, name="survey"),
    path("surveys/<slug:public_id>/thanks/", surveys.thanks, name="survey_thanks"),
    path("appeals/", appeals.start, name="appeal"),
    path("appeals/open/", appeals.open_appeal, name="appeal_open"),
    path("appeals/mine/", appeals.mine, name="appeal_mine"),
    path("appeals/mine/add/", appeals.add, name="appeal_add"),
    path("appeals/mine/rate/", appeals.rate, name="appeal_rate"),
    path("appeals/mine/withdraw/", appeals.withdraw, name="appeal_withdraw"),
    path("appeals/mine/files/<slug:public_id>/", appeals.file, name="appeal_file"),
    path("appeals/finish/", appeals.finish, name="appeal_finish"),
    path("appeals/staff/", staff.listed, name="appeals"),
    path("appeals/staff/enter/", staff.enter, name="appeal_enter"),
    path("appeals/staff/<slug:public_id>/", staff.one, name="appeal_one"),
    path("appeals/staff/<slug:public_id>/files/<slug:paper>/", staff.file, name="appeal_paper"),
    path("appeals/staff/<slug:public_id>/<slug:deed>/", staff.act, name="appeal_act"),
]
