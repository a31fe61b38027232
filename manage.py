#!/usr/bin/env python
"""Parama's command line: Django's own, with our settings."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.project.settings")
    execute_from_command_line(sys.argv)
