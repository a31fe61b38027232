"""The pages' door in production: WSGI workers."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.project.settings")
application = get_wsgi_application()

from portal.project.settled import settle  # noqa: E402  (needs the settings)
from portal.project.single import hold_if_needed  # noqa: E402  (needs the settings)

hold_if_needed("WSGI")
settle()
