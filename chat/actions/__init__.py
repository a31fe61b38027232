"""What can be done in and to a consultation: each checks, changes, audits and publishes on commit."""
