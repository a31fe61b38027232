"""Addresses of consultations."""

from django.urls import path

from chat import converters  # noqa: F401  (it registers `public_id`)
from chat.views import callbacks, conversation, events, export, files, news, request, returning, starting

app_name = "chat"
urlpatterns = [
    path("chat/", starting.start, name="start"),
    path("chat/answers/", starting.suggest, name="answers"),
    path("chat/resume/", returning.resume, name="resume"),
    path("chat/callback/", callbacks.ask, name="ask_callback"),
    path("chat/leave/", returning.leave, name="leave"),
    path("chat/away/", returning.leave_quickly, name="leave_quickly"),
    path("chat/no-news/<slug:token>/", news.stop, name="no_news"),
    path("chat/erased/", conversation.erased, name="erased"),
    path("chat/<public_id:public_id>/", conversation.consultation, name="consultation"),
    path("chat/<public_id:public_id>/events", events.events, name="events"),
    path("chat/<public_id:public_id>/again/", events.go_on, name="go_on"),
    path("chat/<public_id:public_id>/files/", files.attach, name="attach"),
    path("chat/<public_id:public_id>/files/<public_id:file_id>/", files.file, name="file"),
    path("chat/<public_id:public_id>/transcript/", conversation.transcript, name="transcript"),
    path("chat/<public_id:public_id>/export/", export.export, name="export"),
    path("chat/<public_id:public_id>/news/", news.wish, name="news"),
    path("chat/<public_id:public_id>/request/", request.request_receipt, name="request"),
    path("chat/<public_id:public_id>/callback/", callbacks.change, name="callback"),
    path("chat/<public_id:public_id>/end/", conversation.end, name="end"),
    path("chat/<public_id:public_id>/rate/", conversation.rate, name="rate"),
    path("chat/<public_id:public_id>/erase/", conversation.erase, name="erase"),
]
