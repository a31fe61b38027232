"""A registry with moods: well, down, slow, talking HTML, or mixing people up."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

from portal.cases.registries.dummy import DummyRegistry
from portal.cases.registries.facts import CaseState, NewCase, PersonLink

HTML: Any = "<html>502 Bad Gateway</html>"


class MoodyRegistry(DummyRegistry):
    """`mood`: "", "down", "slow", "html" or "foreign". `asked` counts the calls that reached it.

    Slow it answers nobody before `wake_up`; `told` counts the answers that it gave after all.
    """

    def __init__(self) -> None:
        super().__init__()
        self.mood = ""
        self.asked = self.told = 0
        self._awake = threading.Event()

    def wake_up(self) -> None:
        self._awake.set()

    def _mind(self, answer: Any) -> Any:
        self.asked += 1
        if self.mood == "down":
            raise ConnectionRefusedError
        if self.mood == "slow":
            self._awake.wait(20)
            self.told += 1
        if self.mood == "html":
            return HTML
        if self.mood == "foreign" and isinstance(answer, CaseState):
            return replace(answer, person=PersonLink("dan"), title="Dan’s secret")
        return answer

    def open_case(self, new: NewCase) -> CaseState:
        answer: CaseState = self._mind(None) or super().open_case(new)
        return answer

    def get_case(self, case: str, *, person: PersonLink) -> CaseState:
        answer: CaseState = self._mind(super().get_case(case, person=person))
        return answer

    def cases_of(self, person: PersonLink) -> tuple[CaseState, ...]:
        told = self._mind(super().cases_of(person))
        return tuple(self._mind(case) for case in told) if isinstance(told, tuple) else told

    def check(self) -> str:
        answer: str = self._mind(super().check())
        return answer
