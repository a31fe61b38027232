#!/usr/bin/env bash
# Django's own deployment check with the settings of a real town; any warning fails.
set -euo pipefail
cd "$(dirname "$0")/.."
secret() { .venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(50))'; }
env PROFILE=production DATA_DIR="${DATA_DIR:-var}" \
  SECRET_KEY="$(secret)" FIELD_KEYS="$(secret)" \
  SITE_URL=https://parama.example ALLOWED_HOSTS=parama.example \
  DATABASE_URL=postgres://parama:x@127.0.0.1:5432/parama \
  REDIS_URL=redis://127.0.0.1:6379/0 CHANNEL_LAYER=redis \
  SEARCH_ENGINE=elasticsearch ELASTICSEARCH_URL=http://127.0.0.1:9200 \
  EMAIL_URL=smtp://mail.example:587 PROXIES=1 \
  .venv/bin/python manage.py check --deploy --fail-level WARNING
