"""The content security policy: strict everywhere, with a nonce only where Wagtail's screens need one.

Eight places of Wagtail's admin write a script into the page: five templates and the chooser's `render` matter to us
(overridden in `templates/wagtailadmin`, patched in `apps`); each carries the nonce of its own request. Nothing
adds nonces to scripts it did not write.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from csp.constants import HEADER, NONCE, SELF
from csp.middleware import CSPMiddleware, PolicyParts
from csp.utils import build_policy
from django.core.signals import setting_changed
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponseBase
from django.utils.safestring import SafeString, mark_safe

_nonce: ContextVar[str] = ContextVar("csp_nonce", default="")
CMS = "/cms/"


def current_nonce() -> str:
    """The nonce of the request being answered; empty outside the CMS."""
    return _nonce.get()


class PolicyMiddleware(CSPMiddleware):
    """django-csp's middleware, knowing which part of the house it stands in."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        is_cms = request.path_info.startswith(CMS)
        _nonce.set(str(request.csp_nonce) if is_cms else "")  # type: ignore[attr-defined]

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Nearly every page has the very policy of the settings; it is written once."""
        if _is_usual(request, response):
            response.headers.setdefault(HEADER, _usual_policy())
            return response
        return super().process_response(request, response)

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith(CMS):
            update: dict[str, Any] = dict(parts.update or {})
            update |= {"script-src": [NONCE], "img-src": ["blob:"], "media-src": [SELF]}
            parts.update = update
            replace: dict[str, Any] = dict(parts.replace or {})
            replace |= {"frame-src": [SELF]}
            if "/preview" in request.path_info or "/view_draft" in request.path_info:
                # Wagtail shows a preview in a frame of its own screen.
                replace |= {"frame-ancestors": [SELF], "script-src": [SELF]}
            parts.replace = replace
        elif getattr(request, "is_dummy", False):
            # A page's preview: Wagtail asks for it as if at the page's own address, and shows it in its frame.
            parts.replace = {**(parts.replace or {}), "frame-ancestors": [SELF]}
        return parts


def _is_usual(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Neither a part of the CMS or a preview in it, nor a page that asked for its nonce or changed its own policy."""
    return not (
        request.path_info.startswith(CMS)
        or getattr(request, "is_dummy", False)
        or hasattr(request, "_csp_nonce")
        or any(name.startswith("_csp") for name in vars(response))
    )


@lru_cache(maxsize=1)
def _usual_policy() -> str:
    return str(build_policy())


@receiver(setting_changed)
def _forget_policy(*, setting: str, **_: Any) -> None:
    if setting == "CONTENT_SECURITY_POLICY":
        _usual_policy.cache_clear()


def with_nonce(render: Callable[..., SafeString]) -> Callable[..., SafeString]:
    """A widget's `render` whose own closing `<script>` carries the nonce."""

    def wrapped(self: Any, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        widget = self.render_html(name, self.get_value_data(value), attrs)
        whole = render(self, name, value, attrs, renderer)
        script = whole[len(widget) :]
        if not current_nonce() or not script.startswith("<script>"):
            return whole
        return mark_safe(f'{widget}<script nonce="{current_nonce()}">{script[len("<script>") :]}')  # noqa: S308

    return wrapped
