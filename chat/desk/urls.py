"""Addresses of the desk."""

from django.urls import path

import chat.converters  # noqa: F401
from chat.desk.views import (
    calls,
    comfort,
    contact,
    conversation,
    deeds,
    floor,
    me,
    promises,
    quality,
    request,
    wallboard,
)

app_name = "desk"
urlpatterns = [
    path("", floor.floor, name="floor"),
    path("queue/", floor.queue, name="queue"),
    path("knowledge/", floor.knowledge, name="knowledge"),
    path("me/", me.me, name="me"),
    path("quality/", quality.overview, name="quality"),
    path("wallboard/", wallboard.wallboard, name="wallboard"),
    path("wallboard/part/", wallboard.part, name="wallboard_part"),
    path("wallboard/seen/", wallboard.seen, name="seen"),
    path("flag/", comfort.flag, name="flag"),
    path("lock/", comfort.lock_screen, name="lock"),
    path("unlock/", comfort.unlock, name="unlock"),
    path("replies/drop/", comfort.drop_reply, name="drop_reply"),
    path("call/", calls.begin, name="call"),
    path("find/", calls.find, name="find"),
    path("tasks/", promises.to_do_list, name="tasks"),
    path("tasks/<public_id:public_id>/try/", promises.try_call, name="try_call"),
    path("tasks/<public_id:public_id>/assign/", promises.assign, name="assign"),
    path("tasks/<public_id:public_id>/give-up/", promises.give_up, name="give_up"),
    path("presence/", floor.choose_presence, name="presence"),
    path("contact/", contact.contact, name="contact"),
    path("<public_id:public_id>/", conversation.consultation, name="consultation"),
    path("<public_id:public_id>/log/", conversation.log, name="log"),
    path("<public_id:public_id>/knowledge/", conversation.knowledge, name="knowledge_beside"),
    path("<public_id:public_id>/take/", conversation.claim, name="claim"),
    path("<public_id:public_id>/write/", conversation.write, name="write"),
    path("<public_id:public_id>/article/", conversation.send_article, name="send_article"),
    path("<public_id:public_id>/hand-over/", conversation.hand_over, name="hand_over"),
    path("<public_id:public_id>/caller/", calls.caller, name="caller"),
    path("<public_id:public_id>/identity/", calls.identity, name="identity"),
    path("<public_id:public_id>/send-out/", calls.send_out, name="send_out"),
    path("<public_id:public_id>/deed/", deeds.deed, name="deed"),
    path("<public_id:public_id>/check/", quality.check, name="check"),
    path("<public_id:public_id>/draft/", comfort.draft, name="draft"),
    path("<public_id:public_id>/promise/", promises.promise, name="promise"),
    path("<public_id:public_id>/request/", request.register, name="request"),
    path("<public_id:public_id>/recorded/", contact.recorded, name="recorded"),
    path("<public_id:public_id>/rate/", contact.rate, name="rate"),
]
