#!/usr/bin/env bash
# The whole proof: checks, what touches PostgreSQL on PostgreSQL, journeys in a browser, the suite on SQLite.
# Real services are started for it and ended after it; see tests/services. Stops at the first failing part.
# Usage: scripts/test.sh [deep]
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/bootstrap.sh dev
exec .venv/bin/python -m tests.services scripts/suite.sh "${1:-quick}"
