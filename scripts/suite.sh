#!/usr/bin/env bash
# The parts of the proof, with the services' addresses already in the environment (tests/services sets them).
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH" PYTHONDONTWRITEBYTECODE=1

cores=$(nproc)
workers=$((cores < 4 ? cores : 4))
title() { printf '\n== %s (%s)\n' "$*" "$(date +%H:%M:%S)"; }

if [ "${1:-quick}" = deep ]; then
  title "Deep tests, in full"
  exec env DEEP=1 pytest -q -m deep -n "$workers"
fi

title "Checks"
scripts/check.sh
if [ -n "${POSTGRES_URL:-}" ]; then
  title "PostgreSQL: concurrency, constraints, search, raw SQL"
  DATABASE_URL=$POSTGRES_URL pytest -q -m "postgres and not journey" -n "$workers"
fi
if [ -n "${CHROMIUM:-}" ] && [ -d tests/journeys ]; then
  title "Journeys in Chromium"
  pytest -q -m journey -n "$workers" --dist loadfile  # the production shape has one database: its file stays together
fi
title "The whole suite on SQLite"
exec pytest -q -m "not journey" -n "$workers"
