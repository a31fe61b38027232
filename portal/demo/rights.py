"""Rows of the rights matrix: what a town hands on is for everybody."""

from portal.core.rights import everyone

RIGHTS = {"practice:practice": everyone()}
