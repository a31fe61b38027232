"""Rows of the rights matrix for what residents say. Without a grant an appeal's page leads to the look-up."""

from charter.feedback import entering
from charter.feedback.appeals import access
from charter.feedback.improvements import staff as board
from charter.feedback.kiosk import access as kiosk
from charter.feedback.surveys import access as surveys
from portal.core.rights import Row, Who, everyone, staff

_HOLDER = Row(Who.RECEIPT, stranger_sees=302)
_HANDLERS = staff(*access.HANDLERS)
_SURVEYORS = staff(*surveys.LEADERS)
_LEADERS = staff(*board.LEADERS)
RIGHTS = {
    "feedback:rate": everyone(),
    "feedback:kiosk": everyone(),
    "feedback:kiosk_open": everyone(),
    "feedback:kiosk_thanks": everyone(),
    "feedback:kiosk_answers": everyone(),
    "feedback:kiosk_worker": everyone(),
    "feedback:kiosks": staff(*kiosk.LEADERS),
    "feedback:kiosk_renew": staff(*kiosk.LEADERS),
    "feedback:kiosk_withdraw": staff(*kiosk.LEADERS),
    "feedback:paper_form": everyone(),
    "feedback:ratings": staff(*entering.ENTERERS),
    "feedback:thanks": everyone(),
    "feedback:vote": everyone(),
    "feedback:appeal": everyone(),
    "feedback:appeal_open": everyone(),
    "feedback:appeal_finish": everyone(),
    "feedback:appeal_mine": _HOLDER,
    "feedback:appeal_add": _HOLDER,
    "feedback:appeal_rate": _HOLDER,
    "feedback:appeal_withdraw": _HOLDER,
    "feedback:appeal_file": _HOLDER,
    "feedback:appeals": _HANDLERS,
    "feedback:appeal_one": _HANDLERS,
    "feedback:appeal_paper": _HANDLERS,
    "feedback:appeal_act": _HANDLERS,
    "feedback:changes": everyone(),
    "feedback:improvement": everyone(),
    "feedback:board": _LEADERS,
    "feedback:improvement_begin": _LEADERS,
    "feedback:improvement_move": _LEADERS,
    "feedback:improvement_held": _LEADERS,
    "feedback:idea_answer": _LEADERS,
    "feedback:idea": staff(*board.EVERYBODY),
    "feedback:survey": everyone(),
    "feedback:surveys_open": everyone(),
    "feedback:surveys": _SURVEYORS,
    "feedback:survey_begin": _SURVEYORS,
    "feedback:survey_one": _SURVEYORS,
    "feedback:survey_frame": _SURVEYORS,
    "feedback:survey_preview": _SURVEYORS,
    "feedback:survey_section": _SURVEYORS,
    "feedback:survey_question": _SURVEYORS,
    "feedback:survey_invitations": _SURVEYORS,
    "feedback:survey_enter": _SURVEYORS,
    "feedback:survey_results": _SURVEYORS,
    "feedback:survey_csv": _SURVEYORS,
    "feedback:survey_xlsx": _SURVEYORS,
    "feedback:survey_report": _SURVEYORS,
    "feedback:survey_act": _SURVEYORS,
    "feedback:survey_invited": everyone(),
    "feedback:survey_letter": everyone(),
    "feedback:survey_thanks": everyone(),
    "feedback:appeal_enter": staff(*access.ENTERERS),
}
