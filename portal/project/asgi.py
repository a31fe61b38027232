"""The door for sockets and long-polls; in the embedded run for everything."""

import os
from typing import Any

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.project.settings")
pages: Any = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402  (needs the apps above)
from channels.security.websocket import AllowedHostsOriginValidator  # noqa: E402
from django.urls import re_path  # noqa: E402

from portal.project.settled import settle  # noqa: E402
from portal.project.single import hold_if_needed  # noqa: E402
from portal.project.sockets import http_urlpatterns, websocket_urlpatterns  # noqa: E402

hold_if_needed("ASGI")

application = ProtocolTypeRouter(
    {
        "http": URLRouter([*http_urlpatterns, re_path(r"", pages)]),
        "websocket": AllowedHostsOriginValidator(URLRouter(websocket_urlpatterns)),
    }
)

settle()
