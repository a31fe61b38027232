#!/usr/bin/env bash
# Everything a machine can say about the code without running it for people. Stops at the first fault.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH"

DATA_DIR=$(mktemp -d)
export DATA_DIR
trap 'rm -rf "$DATA_DIR"' EXIT

step() { printf '· %s\n' "$*"; }

step "ruff"
ruff check --quiet .
ruff format --check --quiet .
step "imports go one way"
lint-imports --no-logo >"$DATA_DIR/imports.txt" 2>&1 || { cat "$DATA_DIR/imports.txt"; exit 1; }
step "templates"
mapfile -t templates < <(git ls-files '*/templates/*.html')
[ ${#templates[@]} -eq 0 ] || djlint --quiet --lint "${templates[@]}"
step "models and migrations agree"
python manage.py makemigrations --check --dry-run
step "production settings"
scripts/production-check.sh
step "catalogues"
# While screens are being written their strings run ahead of the translators; the build machine forbids gaps.
growing=--growing
[ "${REQUIRE_ALL:-}" != 1 ] || growing=
python -m portal.project.catalogues --check $growing
step "types"
mypy
