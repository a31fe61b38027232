"""Looking something up by receipt: only wrong tries count, the right secret is never refused.

So nobody can lock a neighbour out, and a guesser is slowed down: from 10 wrong tries an hour for one reference and
100 in all from one network (a library or a shelter is one network), with an alarm at 500.
"""

from __future__ import annotations

import logging

from django.http import HttpRequest

from portal.core import receipts, throttling
from portal.core.throttling import Limit, TooMany

logger = logging.getLogger(__name__)
HOUR = 60 * 60
PER_REFERENCE = Limit("receipt-reference", 10, HOUR)
PER_NETWORK = Limit("receipt-network", 100, HOUR)
ALARM = 500


def is_right(request: HttpRequest, *, reference: str, secret: str, stored: str) -> bool:
    """Whether `secret` opens what `reference` names; `stored` is its digest, or empty when there is no such thing.

    Takes the same time and gives the same answer for an unknown reference and a wrong secret.
    Raises TooMany after too many wrong ones.
    """
    if receipts.fits(secret, stored):
        return True
    _count(throttling.network(request), receipts.read_reference(reference) or "")
    return False


def _count(network: str, reference: str) -> None:
    of_network = PER_NETWORK.count(network)
    of_reference = PER_REFERENCE.count(f"{network} {reference}")
    if of_network == ALARM:
        logger.error("receipts: %d wrong tries within an hour from one network", ALARM)
    if of_reference > PER_REFERENCE.times or of_network > PER_NETWORK.times:
        raise TooMany(HOUR)
