"""Why an appeal stays as it is; the edge says it in the reader's words."""


class Unfit(ValueError):
    """Something needed is missing; `field` names it."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class Closed(RuntimeError):
    """It is closed, or not in a state where this can be done."""


class NotYours(PermissionError):
    """Nobody checks an answer of their own."""
