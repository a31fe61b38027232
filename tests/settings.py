"""Settings of the tests: the product's own, with a data folder that is thrown away and nothing that waits.

A database other than SQLite is chosen as everywhere: by DATABASE_URL.
"""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="parama-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)

_KEPT = ("DATABASE_URL", "REDIS_URL", "ELASTICSEARCH_URL")
_OTHERS = ("PROFILE", "HOST", "PORT", "SITE_URL", "SECRET_KEY", "FIELD_KEYS", "CASE_REGISTRY", "STAFF_MFA", "DEBUG")
for _name in _OTHERS:  # a developer's own environment changes nothing here
    os.environ.pop(_name, None)
_services = {name: os.environ.pop(name) for name in _KEPT if os.environ.get(name)}
os.environ.update(
    DATA_DIR=_folder,
    ALLOWED_HOSTS="localhost,127.0.0.1,testserver",
    EMAIL_URL="memory://",
    TASK_BACKEND="immediate",
    SEARCH_ENGINE="embedded",
    CHANNEL_LAYER="memory",
    PAGE_CACHE="no",
    LOG_LEVEL="WARNING",
    DATABASE_URL=_services.get("DATABASE_URL", ""),
)

from portal.project.settings import *  # noqa: E402, F403
from portal.project.settings import DATA_DIR, DATABASES, STORAGES  # noqa: E402

os.environ.update({name: url for name, url in _services.items() if name != "DATABASE_URL"})

SEARCH_LOG_SECONDS = 0  # no thread of its own writes while a test runs
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # tests sign in thousands of times
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True

_default = DATABASES["default"]
if _default["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads of one test must meet the same locks as in the product.
    _default["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
    _default["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
else:
    _default["OPTIONS"].pop("pool", None)  # each test ends with its connections closed
