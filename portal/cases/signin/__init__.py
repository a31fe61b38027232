"""Residents sign in at an identity provider (OpenID Connect) and see all their cases. They are never staff users."""
