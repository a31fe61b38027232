"""What templates read of ours reads as any other thing does."""

from __future__ import annotations

from dataclasses import dataclass

from django.template import Context, Engine

from portal.core.readable import Readable


@dataclass(frozen=True, slots=True)
class Thing(Readable):
    name: str

    @property
    def shouted(self) -> str:
        return self.name.upper()


def _render(text: str) -> str:
    return Engine(string_if_invalid="nothing").from_string(text).render(Context({"thing": Thing("bread")}))


def test_a_template_reads_fields_and_properties() -> None:
    assert _render("{{ thing.name }} {{ thing.shouted }}") == "bread BREAD"


def test_what_is_not_there_reads_as_nothing() -> None:
    assert _render("{{ thing.colour }} {{ thing.0 }}") == "nothing nothing"
    assert _render("{% if thing.colour %}red{% else %}plain{% endif %}") == "plain"
