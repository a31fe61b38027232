"""Search: one analysis, two engines, one door (`finder`)."""
