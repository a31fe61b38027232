"""Needs checks and "what may I get?": residents answer instruments, anonymously; nothing of it is kept."""
