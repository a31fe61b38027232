"""Rows of the rights matrix for cases. Without a grant a resident's page leads to the look-up."""

from charter.models import Role
from portal.core.rights import Row, Who, everyone, staff

_HOLDER = Row(Who.RECEIPT, stranger_sees=302)
_OPENERS = staff(Role.CONSULTANT, Role.SUPERVISOR, Role.CASE_WORKER)
_KEEPERS = staff(Role.SUPERVISOR, Role.MANAGER, Role.ADMINISTRATOR)
_DECIDERS = staff(Role.MANAGER, Role.ADMINISTRATOR)
_REVIEWERS = staff(Role.SUPERVISOR, Role.ADMINISTRATOR)

RIGHTS = {
    "cases:start": everyone(),
    "cases:ask": everyone(),
    "cases:finish": everyone(),
    "cases:no_news": everyone(),
    "cases:sign_in": everyone(),  # 404 where no provider is set
    "cases:signed_in": everyone(),
    "cases:sign_out": everyone(),
    "cases:signed_out": Row(Who.EVERYONE, stranger_sees=302),
    "cases:all": _HOLDER,
    "cases:open_one": _HOLDER,
    "cases:case": _HOLDER,
    "cases:answer": _HOLDER,
    "cases:document": _HOLDER,
    "cases:withdraw": _HOLDER,
    "cases:write": _HOLDER,
    "cases:news": _HOLDER,
    "cases:confirm_visit": _HOLDER,
    "cases:complain_of_visit": _HOLDER,
    "cases:helpers": _HOLDER,
    "cases:end_help": _HOLDER,
    "cases:open": _OPENERS,
    "cases:opened": _OPENERS,
    "cases:act": _OPENERS,
    "cases:looks": _REVIEWERS,
    "cases:look": _REVIEWERS,
    "cases:proposals": _DECIDERS,
    "cases:proposal": _DECIDERS,
    "cases:undelivered": _KEEPERS,
    "cases:send_again": _KEEPERS,
}
