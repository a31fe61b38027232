"""`/api/v1`: read-only, for programs. What stands here does not change; a change is a new version."""

from __future__ import annotations

from portal.api import problems
from portal.api.description import DescribedAPI
from portal.api.routes import changes, content, files, promises

api = DescribedAPI(
    title="Parama",
    version="1",
    description=(
        "Services, institutions, situations, answers, promises and their results – as on the pages, in four "
        "languages. Read-only, without registration, open to pages of other sites (CORS).\n\n"
        "Lists come in parts of at most 100: follow `next`. To keep a copy, ask with `changed_since` and the `as_of` "
        "of your last answer, or read `/changes`. Send the `ETag` of an answer back as `If-None-Match`: 304 says "
        "that you have it already. Problems are `application/problem+json`; after 429 wait `Retry-After` seconds."
    ),
    docs_url=None,  # its pages would load foreign scripts
    urls_namespace="api",
)
problems.register(api)
for router in (content.router, promises.router, changes.router, files.router, content.search_router):
    api.add_router("", router)
