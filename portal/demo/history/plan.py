"""How much happens in the demonstration city, and how well – so chosen that some promises are kept, some missed,
some not yet clear and some too rare to judge. None of it is a fact about a real place."""

from __future__ import annotations

from random import Random
from typing import TypeVar

CHATS_A_DAY = 14
CALLS_A_DAY = 10
SEARCHES_A_DAY = 44
VOTES_A_DAY = 4
REQUESTS_A_DAY = 5
RATED_AT_OFFICES_A_DAY = 6

LANGUAGES = {"lt": 62, "ru": 22, "uk": 9, "en": 7}
SERVICES = {
    "sildymas": 22,
    "pasalpa": 16,
    "pagalba_i_namus": 14,
    "materialine": 12,
    "ukrainieciams": 8,
    "maitinimas": 7,
    "transportas": 6,
    "apnakvindinimas": 4,
    "krizes": 4,
    "integrali": 3,
    "atokvepis": 2,
    "apsaugotas_bustas": 2,
}
# Whose desk: the city's own ("") and the institutions'.
DESKS = {"": 34, "kspc": 26, "gerove": 14, "lakstute": 8, "nakvynes": 7, "dane": 6, "globos": 3, "rytas": 2}

CHAT_WAIT = {"lt": 24.0, "ru": 47.0, "uk": 30.0, "en": 26.0}  # seconds, the middle one
CALL_WAIT = 9.5
LEFT_WAITING = 0.06
OUT_OF_HOURS = 0.04

GOOD = 0.85
GOOD_BY_SERVICE = {"pasalpa": -0.09, "apnakvindinimas": -0.06, "pagalba_i_namus": 0.05, "ukrainieciams": 0.04}
GOOD_BY_LANGUAGE = {"ru": -0.04, "uk": -0.03}
RATES_AFTER = {"chat": 0.42, "phone": 0.18}
SAYS_MORE = 0.3

OUTCOMES = {"answered": 76, "request": 8, "referred": 7, "callback": 4, "unanswered": 3, "left": 2}
FOUND = {"yes": 58, "partly": 17, "no": 13, "not_needed": 12}

DAYS_TO_DECIDE = 14.0
Key = TypeVar("Key")


def pick(rng: Random, weights: dict[Key, int]) -> Key:
    """One of the keys, each as often as its weight says."""
    return rng.choices(list(weights), list(weights.values()))[0]


def around(rng: Random, middle: float, spread: float) -> float:
    """A time that is mostly near `middle` and sometimes much longer."""
    return middle * float(rng.lognormvariate(0.0, spread))


def score(rng: Random, chance: float) -> int:
    """One of the five faces; a good one with this chance."""
    good = happens(rng, chance)
    return rng.choices((5, 4), (62, 38))[0] if good else rng.choices((3, 2, 1), (50, 32, 18))[0]


def happens(rng: Random, chance: float) -> bool:
    return rng.random() < chance
