"""Answers on their way from page to page: signed into the form itself – no cookie, nothing kept by the server.

What is carried names its version, so that somebody who began with one goes on with it after a newer was published.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.core import signing

SALT = "instruments.answers"
LONGEST = 8000


@dataclass(frozen=True, slots=True)
class Carried:
    """The version somebody is answering, and the answers so far."""

    version: int
    answers: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def with_answer(self, question: str, given: tuple[str, ...]) -> Carried:
        """The same with one answer more, or another one; without it when `given` is empty."""
        answers = {code: kept for code, kept in self.answers.items() if code != question}
        return Carried(self.version, {**answers, question: given} if given else answers)

    def token(self) -> str:
        facts = {"v": self.version, "a": {code: list(given) for code, given in self.answers.items()}}
        return signing.dumps(facts, salt=SALT, compress=True)


def read(token: str) -> Carried | None:
    """What was carried; None when it is not of our making."""
    if not token or len(token) > LONGEST:
        return None
    try:
        facts = signing.loads(token, salt=SALT)
        answers = {str(code): tuple(str(one) for one in given) for code, given in facts["a"].items()}
        return Carried(int(facts["v"]), answers)
    except (signing.BadSignature, KeyError, TypeError, ValueError, AttributeError):
        return None
