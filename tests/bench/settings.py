"""The product's settings for measuring: with BENCH_UNCACHED=1 no page is kept ready (fragments never are).

The cache itself stays: throttles and the "editors changed their words" mark live in it, as in every installation.
"""

import os

from portal.project.settings import *  # noqa: F403

if os.environ.get("BENCH_UNCACHED") == "1":
    PAGE_CACHE = False
