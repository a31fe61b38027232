"""The doors of a tablet: its page, opening it, the days it takes along, and the records it brings.

The page and its parts hold nothing of anybody, since the browser keeps them for the time without a network. Records
are taken from whoever holds the tablet (its `carry` secret), also when nobody is signed in any more.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth import logout
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST, require_safe

from portal.core import clock
from portal.core.origin import same_site_only
from portal.core.throttling import Limit, TooMany, network
from portal.registry.access import May, may
from portal.registry.field import days, keys, receiving, tablets
from portal.registry.field.receiving import Answer, Sent
from portal.registry.models import Outcome, Post, Tablet
from portal.registry.posts import post_of, posts_that

ROUNDS = 600_000  # of PBKDF2 with SHA-256: OWASP's figure
AT_ONCE = 20
LARGEST = 400_000  # bytes: twenty records with their signatures
LARGEST_RECORD = 24_000
RECORDS = Limit("field-records", times=3000, seconds=60 * 60)
STRANGERS = Limit("field-strangers", times=60, seconds=60 * 60)
FIELD = "X-Field"  # by this the page knows that what it may keep is itself, and no form to sign in
View = Callable[..., HttpResponse]


@posts_that(May.VISIT)
@require_GET
def page(request: HttpRequest, post: Post) -> HttpResponse:
    """The page, the same for everybody: whose day it is, it learns from what it keeps under the passphrase."""
    context = {"outcomes": Outcome.choices, "rounds": ROUNDS}
    response = render(request, "registry/field.html", context)
    response[FIELD] = "page"
    return response


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker. It lies beside the page, so that it is in charge of this page and no other."""
    found = finders.find("registry/field-worker.js")
    if not isinstance(found, str):
        raise Http404
    with open(found, encoding="utf-8") as file:
        response = HttpResponse(file.read(), content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response


def _workers_only(view: View) -> View:
    """For a signed-in worker's script: 403 for anybody else, never a form to sign in."""

    @wraps(view)
    def wrapped(request: HttpRequest) -> HttpResponseBase:
        post = post_of(request.user)
        if post is None or not may(post, May.VISIT):
            return _closed()
        return view(request, post)

    return require_POST(same_site_only(wrapped))  # type: ignore[return-value]


@_workers_only
def open_(request: HttpRequest, post: Post) -> HttpResponse:
    """Make this device a tablet of the worker's: its secrets, told this once, and the days to take along."""
    made = tablets.open_tablet(post, name=str(_sent(request).get("name", "")))
    secrets = {"tablet": made.tablet.public_id, "carry": made.carry, "pen": made.pen}
    return JsonResponse(secrets | _contact() | {"days": days.days_of(post), "worker": str(post.user)})


@_workers_only
def day(request: HttpRequest, post: Post) -> HttpResponse:
    """The days anew, for a tablet of this worker's that is not to be wiped."""
    said = _sent(request)
    tablet = tablets.carried(str(said.get("tablet", "")), str(said.get("carry", "")))
    if tablet is None or tablet.worker_id != post.user_id:
        return _closed()
    if tablet.wipe_asked_at is not None:
        return JsonResponse(_contact() | {"wipe": True})
    return JsonResponse(_contact() | {"days": days.days_of(post), "worker": str(post.user)})


@require_POST
@same_site_only
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out, and close this tablet. What it has not sent is still taken."""
    said = _sent(request)
    tablet = tablets.carried(str(said.get("tablet", "")), str(said.get("carry", "")))
    if tablet is None:
        return _closed()
    tablets.leave(tablet)
    if request.user.is_authenticated and request.user.pk == tablet.worker_id:
        logout(request)
    return JsonResponse(_contact())


@require_POST
@same_site_only
def records(request: HttpRequest) -> HttpResponse:
    """Sealed records, and questions about those in conflict; see docs/protocol.md. Nothing to bring: it is alive.

    200 with an answer for each that was taken, 400 what is no batch, 403 no tablet of ours, 413 too large, 429.
    """
    if int(request.headers.get("Content-Length") or 0) > LARGEST:
        return JsonResponse({"why": "too_large"}, status=413)
    said = _sent(request)
    tablet = _tablet(request, said)
    if tablet is None:
        return _closed()
    brought, asked = _batch(said.get("records")), _ids(said.get("ask"))
    if brought is None or asked is None:
        return JsonResponse({"why": "unreadable"}, status=400)
    skew = _skew(said.get("now"))
    answers = [_take(tablet, one, skew) for one in brought]
    answers += receiving.states_of(asked)
    tablet.refresh_from_db()
    waiting = said.get("waiting")
    tablets.heard_of(
        tablet,
        waiting=waiting if isinstance(waiting, int) else 0,
        skew=skew,
        is_wiped=said.get("wiped") is True,
    )
    wipe = tablet.wipe_asked_at is not None
    return JsonResponse(_contact() | {"wipe": wipe, "answers": [_told(one) for one in answers]})


def _tablet(request: HttpRequest, said: dict[str, Any]) -> Tablet | None:
    """The tablet that asks. Only strangers are counted by network: a department is one address."""
    tablet = tablets.carried(str(said.get("tablet", ""))[:22], str(said.get("carry", ""))[:100])
    if tablet is None:
        if STRANGERS.is_reached(network(request)):
            raise TooMany(STRANGERS.seconds)
        STRANGERS.count(network(request))
    return tablet


def _take(tablet: Tablet, sent: Sent, skew: int) -> Answer:
    RECORDS.check(tablet.public_id)
    return receiving.receive(tablet, sent, skew=skew)


def _told(answer: Answer) -> dict[str, Any]:
    said: dict[str, Any] = {"client_id": str(answer.client_id), "state": answer.state}
    if answer.why:
        said |= {"why": answer.why, "message": answer.sentence}
    return said | ({"mended": answer.mended} if answer.mended else {})


def _contact() -> dict[str, Any]:
    """What every contact tells: the time, and the key to seal to."""
    key = keys.current()
    return {"now": clock.now().isoformat(), "key": {"id": key.public_id, "public": key.public}}


def _closed() -> HttpResponse:
    return JsonResponse({"open": False}, status=403)


def _sent(request: HttpRequest) -> dict[str, Any]:
    """The JSON object that was posted; an empty one for anything else."""
    try:
        said = json.loads(request.body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _batch(said: Any) -> list[Sent] | None:
    """The records of a batch; None when it is none. What is over the limit comes with the next one."""
    if said is None:
        return []
    if not isinstance(said, list):
        return None
    try:
        found = [Sent(UUID(one["client_id"]), str(one["key"])[:22], str(one["sealed"])) for one in said[:AT_ONCE]]
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    return None if any(len(one.sealed) > LARGEST_RECORD for one in found) else found


def _ids(said: Any) -> list[UUID] | None:
    try:
        return [UUID(one) for one in (said or [])[:200]]
    except (TypeError, ValueError, AttributeError):
        return None


def _skew(said: Any) -> int:
    """Seconds that our clock is before the tablet's."""
    try:
        moment = dt.datetime.fromisoformat(str(said))
        return round((clock.now() - moment).total_seconds())
    except (TypeError, ValueError, OverflowError):
        return 0
