"""What the file of a practice is called and what stands in it."""

FILE = "practice.yaml"
TEXTS = ("title", "problem", "change")
TEXTS_OR_NOTHING = ("boundaries", "lesson")
KEYS = (
    "town", "code", *TEXTS, *TEXTS_OR_NOTHING, "origin", "standard", "finished_on", "held", "results", "goals",
)  # fmt: skip
GOAL = ("name", "unit", "target", "standard")
