# The image of every process of ours: pages (WSGI), sockets (ASGI), worker, schedule, preparation.
FROM python:3.11-slim-bookworm AS build
RUN pip install --no-cache-dir uv==0.13.9
WORKDIR /srv/parama
COPY pyproject.toml uv.lock ./
RUN UV_PYTHON_DOWNLOADS=never uv sync --frozen --no-dev --no-cache --compile-bytecode

FROM python:3.11-slim-bookworm
# Pango draws leaflets, posters and reports as PDF; LibreOffice turns clerks' documents into PDF.
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core libreoffice-writer-nogui \
    && rm -rf /var/lib/apt/lists/*
ENV PATH=/srv/parama/.venv/bin:$PATH PYTHONUNBUFFERED=1 PROFILE=production DATA_DIR=/var/lib/parama \
    DJANGO_SETTINGS_MODULE=portal.project.settings
RUN useradd --system --uid 10001 --home-dir /var/lib/parama --create-home parama
WORKDIR /srv/parama
COPY --from=build /srv/parama/.venv .venv
COPY manage.py pyproject.toml uv.lock ./
COPY locale locale
COPY portal portal
COPY charter charter
COPY kb kb
COPY chat chat
# Catalogues are compiled here: the code belongs to root and nobody who serves may change it.
RUN python -m portal.project.catalogues
USER parama
VOLUME /var/lib/parama
CMD ["gunicorn", "portal.project.wsgi:application", "--bind=0.0.0.0:8000", "--workers=4", "--no-control-socket"]
