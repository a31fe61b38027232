#!/usr/bin/env bash
# Makes the project's own Python: .tools (uv, pinned) and .venv (exactly what uv.lock says).
# Usage: scripts/bootstrap.sh run|dev. Does nothing when both are there and the lock has not changed.
set -euo pipefail
cd "$(dirname "$0")/.."

UV_VERSION=0.13.9
mode=${1:-run}

say() { printf '%s\n' "$*" >&2; }

find_python() {
  local name
  for name in "${PYTHON:-}" python3.11 python3.12 python3.13 python3; do
    [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 || continue
    "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
    command -v "$name"
    return 0
  done
  return 1
}

may_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }

install_python() {
  local line="apt-get install -y python3 python3-venv"
  if ! may_install; then
    say "Python 3.11 or newer with its venv module is missing. Type this line, then try again:"
    say "    sudo $line"
    exit 1
  fi
  say "Installing Python's venv module …"
  apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive $line -qq >&2
}

stamp=$(cat uv.lock "$0" | sha256sum | cut -c1-16)  # a changed dependency always changes the lock
fresh() { [ -x .venv/bin/python ] && [ "$(cat ".venv/parama-$1" 2>/dev/null)" = "$stamp" ]; }
fresh dev && exit 0
[ "$mode" = run ] && fresh run && exit 0

python=$(find_python) && "$python" -c 'import venv, ensurepip' 2>/dev/null || { install_python; python=$(find_python); }

if [ "$(.tools/bin/uv --version 2>/dev/null | cut -d' ' -f2)" != "$UV_VERSION" ]; then
  say "Fetching uv $UV_VERSION …"
  "$python" -m venv .tools
  .tools/bin/pip install --quiet --disable-pip-version-check "uv==$UV_VERSION"
fi

say "Fetching what uv.lock names …"
# --inexact: a developer's environment keeps its tools when the site is run from it.
groups=(--no-dev --inexact)
[ "$mode" = dev ] && groups=()
# An environment that is there is kept: naming the interpreter anew could make uv replace it, tools and all.
[ -x .venv/bin/python ] || export UV_PYTHON="$python"
UV_PYTHON_DOWNLOADS=never UV_PYTHON_PREFERENCE=only-system \
  .tools/bin/uv sync --frozen --quiet --compile-bytecode "${groups[@]}"
echo "$stamp" >".venv/parama-$mode"
