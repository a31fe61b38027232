"""Keeping four languages true: what is missing or outdated, by the text a translator saw; who waits for it."""
