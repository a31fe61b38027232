"""The product's settings for measuring: with BENCH_UNCACHED=1 nothing is kept ready, neither pages nor fragments."""

import os

from portal.project.settings import *  # noqa: F403

if os.environ.get("BENCH_UNCACHED") == "1":
    PAGE_CACHE = False
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
