"""Addresses of the registry's own screens."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from portal.registry import appointing_views as posts
from portal.registry import views
from portal.registry.assessments import views as assessments
from portal.registry.exchange import views as exchange
from portal.registry.field import staff as field_staff
from portal.registry.field import views as field
from portal.registry.law import views as law
from portal.registry.law import watching
from portal.registry.months import paper_views as month_papers
from portal.registry.months import tariff_views as catalogue
from portal.registry.months import views as months
from portal.registry.papers import views as papers
from portal.registry.plans import views as plans
from portal.registry.programmes import views as programmes
from portal.registry.questions import sheet_views as sheets
from portal.registry.questions import views as questions
from portal.registry.recipients import views as people
from portal.registry.recipients.record import ADDERS
from portal.registry.reports import due_views as due
from portal.registry.reports import views as reports
from portal.registry.visits import views as visits
from portal.registry.watch import views as watch


class Deed(StringConverter):
    """One of the things that can be done in a case."""

    regex = "|".join(views.DEEDS)


class Around(StringConverter):
    """One of the things written down around a person."""

    regex = "|".join(ADDERS)


class PaperForm(StringConverter):
    """What a document may be taken as."""

    regex = "docx|pdf"


register_converter(PaperForm, "registry_form")


class SheetForm(StringConverter):
    """What an answer may be taken as."""

    regex = "xlsx|csv"


register_converter(SheetForm, "registry_sheet")


class PaperSheet(StringConverter):
    """What a statistical form may be taken as."""

    regex = "xlsx|pdf"


register_converter(PaperSheet, "registry_paper_sheet")


class ProgrammeDeed(StringConverter):
    """One of the things done with a programme."""

    regex = "|".join(programmes.DEEDS)


class Proposal(StringConverter):
    """What may be proposed in an assessment's place."""

    regex = "agreed|override"


class Signature(StringConverter):
    """What the second person does with a proposal."""

    regex = "sign|refuse"


class Task(StringConverter):
    """What is done with something that is due."""

    regex = "take|done|back"


register_converter(Task, "registry_task")
register_converter(Proposal, "registry_proposal")
register_converter(Signature, "registry_signature")


class LawDeed(StringConverter):
    """One of the things done about a person's rights."""

    regex = "|".join(law.DEEDS)


class DataForm(StringConverter):
    """What a person's data may be taken as."""

    regex = "json|html|pdf|zip"


class Settled(StringConverter):
    """How an erasure is settled."""

    regex = "confirm|call-off"


register_converter(LawDeed, "registry_law_deed")
register_converter(DataForm, "registry_data_form")
register_converter(Settled, "registry_settled")
register_converter(ProgrammeDeed, "registry_programme_deed")
register_converter(Around, "registry_around")
register_converter(Deed, "registry_deed")
app_name = "registry"
_PERSON = "registry/recipients/<int:pk>/"
_ASSESSMENT = "registry/assessments/<int:pk>/"
urlpatterns = [
    path("registry/", views.cases, name="cases"),
    path("registry/recipients/", people.recipients, name="recipients"),
    path("registry/recipients/new/", people.new, name="new_recipient"),
    path("registry/recipients/alike/", people.look_alike, name="alike"),
    path(_PERSON, people.recipient, name="recipient"),
    path(f"{_PERSON}change/", people.edit, name="edit_recipient"),
    path(f"{_PERSON}reveal/", people.reveal, name="reveal"),
    path(f"{_PERSON}add/<registry_around:what>/", people.add, name="add"),
    path(f"{_PERSON}open/", law.open_recipient, name="open_recipient"),
    path(f"{_PERSON}data/", law.data, name="data"),
    path(f"{_PERSON}data/record.<registry_data_form:form>", law.export, name="export"),
    path(f"{_PERSON}data/seen.pdf", law.seen, name="seen"),
    path(f"{_PERSON}data/consent.pdf", law.consent_paper, name="consent_paper"),
    path(f"{_PERSON}data/<registry_law_deed:deed>/", law.act, name="law_act"),
    path("registry/erasures/", law.erasures, name="erasures"),
    path("registry/erasures/<int:pk>/", law.erasure, name="erasure"),
    path("registry/erasures/<int:pk>/<registry_settled:how>/", law.settle, name="settle_erasure"),
    path("registry/exchange/", exchange.exchange, name="exchange"),
    path("registry/exchange/profiles/<str:kind>/", exchange.profile, name="new_exchange_profile"),
    path("registry/exchange/profiles/<str:kind>/<int:pk>/", exchange.profile, name="exchange_profile"),
    path("registry/exchange/take/", exchange.take, name="exchange_take"),
    path("registry/exchange/give/", exchange.give, name="exchange_give"),
    path("registry/exchange/<int:pk>/", exchange.run, name="exchange_run"),
    path("registry/exchange/<int:pk>/load/", exchange.load, name="exchange_load"),
    path("registry/looks/", watching.log, name="looks"),
    path("registry/looks/reasons/", watching.add_reason, name="add_opening_reason"),
    path("registry/looks/reasons/<int:pk>/", watching.turn_reason, name="turn_opening_reason"),
    path("registry/processing/", watching.processing, name="processing"),
    path(f"{_PERSON}assess/", assessments.assess, name="assess"),
    path(_ASSESSMENT, assessments.assessment, name="assessment"),
    path(f"{_ASSESSMENT}again/", assessments.again, name="assess_again"),
    path(f"{_ASSESSMENT}look/", assessments.look, name="assessment_look"),
    path(f"{_ASSESSMENT}propose/<registry_proposal:kind>/", assessments.propose, name="propose_group"),
    path("registry/proposals/<int:pk>/<registry_signature:deed>/", assessments.sign, name="sign_group"),
    path("registry/second-opinions/", assessments.checks, name="checks"),
    path("registry/second-opinions.xlsx", assessments.checks_workbook, name="checks_workbook"),
    path(f"{_PERSON}programme/", programmes.new, name="new_programme"),
    path("registry/programmes/<int:pk>/", programmes.programme, name="programme"),
    path("registry/programmes/<int:pk>/change/", programmes.edit, name="edit_programme"),
    path("registry/programmes/<int:pk>/<registry_programme_deed:deed>/", programmes.act, name="programme_act"),
    path("registry/programmes/<int:pk>/week/", plans.week, name="week"),
    path("registry/programmes/<int:pk>/week/propose/", plans.propose, name="propose_week"),
    path("registry/programmes/<int:pk>/week/change/", plans.change, name="change_week"),
    path("registry/programmes/<int:pk>/week/sign/", plans.sign, name="sign_week"),
    path("registry/programmes/<int:pk>/week.pdf", plans.paper, name="week_paper"),
    path("registry/capacity/", plans.capacity, name="capacity"),
    path("registry/today/", visits.today, name="today"),
    path("registry/visits/", visits.send, name="send_visit"),
    path("registry/visits/<int:pk>/strike/", visits.strike, name="strike"),
    path("registry/field/", field.page, name="field"),
    path("registry/field/worker.js", field.worker, name="field_worker"),
    path("registry/field/open/", field.open_, name="field_open"),
    path("registry/field/day/", field.day, name="field_day"),
    path("registry/field/records/", field.records, name="field_records"),
    path("registry/field/leave/", field.leave, name="field_leave"),
    path("registry/brought/", field_staff.brought, name="brought"),
    path("registry/brought/<int:pk>/settle/", field_staff.settle, name="settle"),
    path("registry/tablets/", field_staff.listed, name="tablets"),
    path("registry/tablets/<int:pk>/wipe/", field_staff.wipe, name="wipe"),
    path("registry/watch/", watch.watch, name="watch"),
    path("registry/watch/acknowledge/", watch.acknowledge, name="acknowledge"),
    path("registry/months/", months.months, name="months"),
    path("registry/months/prepare/", months.prepare, name="prepare"),
    path("registry/months/<int:pk>/", months.month, name="month"),
    path("registry/months/<int:pk>/close/", months.close, name="close"),
    path("registry/months/<int:pk>/reopen/", months.reopen, name="reopen"),
    path("registry/months/<int:pk>/acts.xlsx", months.workbook, name="month_workbook"),
    path("registry/months/<int:pk>/acts.pdf", month_papers.papers, name="month_papers"),
    path("registry/months/<int:pk>/all/", month_papers.print_all, name="print_acts"),
    path("registry/months/<int:pk>/all-acts.pdf", month_papers.printed, name="printed_acts"),
    path("registry/months/<int:pk>/register.pdf", month_papers.register, name="month_register"),
    path("registry/acts/<int:pk>/", months.act, name="act_of_month"),
    path("registry/acts/<int:pk>/add/", months.add, name="add_to_closed"),
    path("registry/acts/<int:pk>/strike/<int:visit>/", months.strike, name="strike_in_closed"),
    path("registry/due/", due.due_list, name="due"),
    path("registry/due/<registry_task:deed>/", due.task, name="due_task"),
    path("registry/due/calendar/", due.calendar_address, name="calendar_address"),
    path("registry/calendar/<str:secret>.ics", due.calendar_feed, name="calendar"),
    path("registry/letters/", due.letters, name="letters"),
    path("registry/letters/<int:pk>.<registry_form:form>", due.letter_run, name="letter_run"),
    path("registry/report/", reports.report, name="report"),
    path("registry/report.xlsx", reports.workbook, name="report_workbook"),
    path("registry/questions/", questions.questions, name="questions"),
    path("registry/questions/answer.<registry_sheet:form>", questions.file, name="answer_file"),
    path("registry/questions/save/", questions.save, name="save_question"),
    path("registry/questions/<int:pk>/drop/", questions.drop, name="drop_question"),
    path("registry/questions/<int:pk>/letters/", questions.wish, name="wish_question"),
    path("registry/forms/", sheets.forms, name="stat_forms"),
    path("registry/forms/<int:pk>/", sheets.form, name="stat_form"),
    path("registry/forms/<int:pk>.<registry_paper_sheet:form>", sheets.file, name="stat_form_file"),
    path("registry/forms/<int:pk>/change/", sheets.change, name="change_stat_form"),
    path("registry/questions/no-letters/<str:token>/", questions.stop, name="no_answer"),
    path("registry/templates/", papers.templates, name="templates"),
    path("registry/templates/<int:pk>/publish/", papers.publish, name="publish_template"),
    path("registry/templates/<int:pk>/sample.docx", papers.sample, name="template_sample"),
    path("registry/programmes/<int:pk>/produce/", papers.produce, name="produce"),
    path("registry/produced/<int:pk>.<registry_form:form>", papers.document, name="produced"),
    path("registry/posts/", posts.posts, name="posts"),
    path("registry/posts/<int:pk>/dismiss/", posts.dismiss, name="dismiss"),
    path("registry/tariffs/", catalogue.tariffs, name="tariffs"),
    path(f"{_PERSON}merge/<int:other>/", people.merge, name="merge"),
    path("registry/<str:number>/", views.case, name="case"),
    path("registry/<str:number>/<registry_deed:deed>/", views.act, name="act"),
    path("registry/<str:number>/documents/<int:document>/", views.document, name="document"),
]
