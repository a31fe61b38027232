"""Numbers and addresses whose owners never want to be written to again, and their way back.

Kept is a digest, nothing that could be written to. The link that silenced an address takes it back, too: nobody but
who got our message holds it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from portal.core import audit, clock
from portal.core.crypto import keyed
from portal.core.models import SilencedAddress

Press = Callable[[str], object]


def is_silent(address: str) -> bool:
    """Whether nothing may be sent there. Letters of an address count the same, small or large."""
    return SilencedAddress.objects.filter(digest=_digest(address)).exists()


def silence(address: str, *, by_link: str) -> None:
    """Nothing goes there any more, whatever it is about. `by_link`: what takes it back."""
    made, is_new = SilencedAddress.objects.update_or_create(
        digest=_digest(address), defaults={"link_digest": _link_digest(by_link), "at": clock.now()}
    )
    if is_new:
        audit.record("address.silenced", made, by=audit.RESIDENT)


def press(form: Mapping[str, str], link: str, *, never: Press, enough: Press) -> str:
    """Do what a button of a message's page says, and return which it was: `again`, `never`, or else `enough`."""
    which = "again" if "again" in form else "never" if "never" in form else "enough"
    {"again": take_back, "never": never, "enough": enough}[which](link)
    return which


def refusal() -> str:
    """Why an address is not taken, for who gives it."""
    return _("We were asked never to write to this number or address. The link in our last message takes that back")


def is_taken_back_by(link: str) -> bool:
    """Whether this link silenced an address that is silent still."""
    return SilencedAddress.objects.filter(link_digest=_link_digest(link)).exists()


def take_back(link: str) -> bool:
    """The address of this link may be written to again. False where the link means nothing, or nothing any more."""
    found = SilencedAddress.objects.filter(link_digest=_link_digest(link)).first()
    if found is None:
        return False
    audit.record("address.not_silent", found, by=audit.RESIDENT)
    found.delete()
    return True


def _digest(address: str) -> str:
    return keyed("silenced address", address.strip().casefold())


def _link_digest(link: str) -> str:
    return keyed("link that silences", link)
