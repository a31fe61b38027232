"""A resident's own request: where a service is asked for, the form in steps, the draft, the sending."""
