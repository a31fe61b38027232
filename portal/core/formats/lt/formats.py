"""Lithuanian puts a space between thousands, not Django's full stop: 1 020."""

THOUSAND_SEPARATOR = "\N{NO-BREAK SPACE}"
