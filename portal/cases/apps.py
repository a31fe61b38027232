"""App of portal.cases."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    name = "portal.cases"
    label = "cases"

    def ready(self) -> None:
        from charter.memberships import holds
        from portal.cases import (  # noqa: F401  (some of them register)
            access,
            asking,
            first_rows,
            linking,
            looks,
            outbox,
            permissions,
            proposals,
        )
        from portal.cases.models import RequestField, RequestPlan
        from portal.cases.signin import session
        from portal.core import staff, storage
        from portal.core.caching import watch

        watch(RequestPlan, RequestField)
        first_rows.register(self)

        staff.register("cases:open", _("Open a case"), may=holds(*access.OPENERS), order=25)
        staff.register("cases:looks", _("Odd looks"), may=holds(*looks.REVIEWERS), order=61)
        staff.register("cases:proposals", _("What the registry names"), may=holds(*proposals.DECIDERS), order=62)
        staff.register("cases:undelivered", _("Undelivered"), may=holds(*access.KEEPERS), order=60)

        storage.register(
            storage.Kept(
                access.GRANT.cookie,
                storage.Where.COOKIE,
                _("Lets you see your case without typing its number again. Set only after you typed it."),
                storage.for_seconds(access.GRANT.seconds),
            ),
            storage.Kept(
                session.SESSION.cookie,
                storage.Where.COOKIE,
                _(
                    "Says that you have signed in at the identity provider. "
                    "It holds, sealed, our own word for you, your name and how sure the provider is."
                ),
                storage.for_seconds(session.SESSION.seconds),
            ),
            storage.Kept(
                session.UNDER_WAY.cookie,
                storage.Where.COOKIE,
                _("Keeps your sign-in together while you are at the identity provider."),
                storage.for_seconds(session.UNDER_WAY.seconds),
            ),
            storage.Kept(
                session.LEAVING.cookie,
                storage.Where.COOKIE,
                _("Keeps your sign-out together while you are at the identity provider."),
                storage.for_seconds(session.LEAVING.seconds),
            ),
        )
