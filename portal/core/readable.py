"""Things that templates read."""

from __future__ import annotations


class Readable:
    """A template asks for an item first and for an attribute only when it was refused; these answer at once.

    A page asks two hundred times, and each refusal costs as much as the answer.
    """

    __slots__ = ()
    __getitem__ = object.__getattribute__
