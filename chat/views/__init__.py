"""What residents see of a consultation, with scripts and without."""
