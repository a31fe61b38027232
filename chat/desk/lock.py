"""A desk left alone locks: until the password is typed again nothing of it is shown."""

from __future__ import annotations

from django.http import HttpRequest

_KEY = "desk_is_locked"


def close(request: HttpRequest) -> None:
    request.session[_KEY] = True


def open_again(request: HttpRequest) -> None:
    request.session.pop(_KEY, None)


def is_closed(request: HttpRequest) -> bool:
    return bool(request.session.get(_KEY))
