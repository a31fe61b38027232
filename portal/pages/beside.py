"""What other tables say of a service on its page: its easy-to-read page, and where it is asked for."""

from __future__ import annotations

from charter.models import Service
from portal.cases.requests import plans
from portal.cases.requests.plans import Way
from portal.core.addresses import address
from portal.core.compiled import compiled
from portal.core.translations import columns_of, rows

_EASY, _PLAN = "easy_page__", "request_plan__"
_BESIDE = compiled(
    lambda pk: (
        rows(Service)
        .filter(pk=pk)
        .values("easy_page__live", *columns_of(("word",), prefix=_EASY), *plans.way_columns(prefix=_PLAN))
    )
)


def beside(service: int, language: str) -> tuple[str, Way]:
    """Address of the easy-to-read page (empty where there is none) and where the service is asked for; one query."""
    row = _BESIDE(service)[0]
    easy = address("pages:easy", row, language, prefix=_EASY, field="word") if row["easy_page__live"] else ""
    return easy, plans.way_in(row, language, prefix=_PLAN)
